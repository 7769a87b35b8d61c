themes/default/templates/notfound.mustache:4:1: ошибка: «shcool_row»: шаблона с таким именем нет
    Исправьте имя или добавьте этот шаблон в тему.
ошибок: 1, предупреждений: 0
