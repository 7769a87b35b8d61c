data/zarechye/audit-checklist.csv:2:19: ошибка: «2022-02-31»: это не дата, или такого дня не бывает
    Запишите её так: 2021-09-01 или 01.09.2021.
data/zarechye/audit-checklist.csv:3:1: ошибка: «common»: пункт с таким кодом есть в перечне приказа № 1493
    Дайте пункту другой код: коды из data/audit-order-1493.csv заняты.
data/zarechye/audit-checklist.csv:5:1: ошибка: «order»: то же сочетание (item), что и в строке 4
    Оставьте одну из двух строк или исправьте ячейку, из-за которой они совпали.
data/zarechye/audit/2022-05-01.csv:3:14: ошибка: «programme»: в таблице data/zarechye/audit-checklist.csv нет строки с таким кодом
    Напишите код из таблицы data/zarechye/audit-checklist.csv. Пункт, который больше не ищут, остаётся в ней с последним днём в столбце «действует по» (valid_to).
data/zarechye/indicators.csv:5:63: ошибка: «audit:programme»: в способе расчёта нет пункта из перечня
    Напишите пункт так, как он стоит в первом столбце файла data/zarechye/audit-checklist.csv.
ошибок: 5, предупреждений: 0
