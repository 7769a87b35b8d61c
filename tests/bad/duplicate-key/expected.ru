data/zarechye/results.csv:5:1: ошибка: «2020 oge-math school zarechnaya-2»: то же сочетание (year, procedure, scope, school), что и в строке 4
    Оставьте одну из двух строк или исправьте ячейку, из-за которой они совпали.
ошибок: 1, предупреждений: 0
