themes/default/templates/notfound.mustache:3:5: ошибка: «titel»: на странице 404.html нет значения с именем «titel»
    Возможно, вы имели в виду «title»?
themes/default/templates/notfound.mustache:4:17: ошибка: «t.notfound_laed»: на странице 404.html нет значения с именем «notfound_laed»
    Возможно, вы имели в виду «notfound_lead»?
ошибок: 2, предупреждений: 0
