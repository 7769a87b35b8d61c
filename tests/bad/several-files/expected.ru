content/site.yaml:4:11: ошибка: «de»: такого слова здесь не бывает
    Возможные слова: ru, en.
content/zarechye/documents/order.md:3:7: ошибка: «приказ»: такого слова здесь не бывает
    Возможные слова: programme, analysis, report, act, recommendation, agreement, form, other.
content/zarechye/index.md:7:11: ошибка: «below-regoin»: такой методики нет
    Возможно, вы имели в виду «below-region»?
data/zarechye/results.csv:3:45: ошибка: «1100»: доля бывает от 0 до 100
    Сверьте с источником; если опечатка в самом документе, оставьте ячейку пустой, в столбце «статус» напишите «не представлено» и опишите опечатку в errata.csv.
data/zarechye/schools.csv:4:36: ошибка: «базовая»: в столбце «kind» такого слова не бывает
    Напишите одно из слов: primary (НОШ), basic (ООШ), secondary (СОШ), other (иное).
data/zarechye/targets.csv:2:1: ошибка: «mentor»: в таблице data/zarechye/indicators.csv нет строки с таким кодом; самый похожий — «mentors»
    Напишите код из таблицы data/zarechye/indicators.csv или добавьте в неё строку с этим кодом.
ошибок: 6, предупреждений: 0
