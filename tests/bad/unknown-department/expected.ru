content/site.yaml:6:15: ошибка: «zarechie»: такого отдела нет
    Возможно, вы имели в виду zarechye?
content/site.yaml:6:25: ошибка: «lugovoe»: такого отдела нет
    Отдел — это папка content/<код>/, в которой есть index.md.
ошибок: 2, предупреждений: 0
