content/zarechye/documents/order.md:10:5: ошибка: «../luga/order.html»: это не адрес внутри отдела
    Напишите старый адрес внутри отдела, например old/page/ или old.html: только имена и / между ними.
content/zarechye/documents/order.md:11:5: ошибка: «schools/lugovaya/»: такой адрес уже есть у страницы или файла сайта
    Уберите этот старый адрес или напишите другой.
content/zarechye/documents/order.md:12:5: ошибка: «/zarechye/old/order.html»: этот старый адрес уже занят: content/zarechye/documents/order.md
    Уберите этот старый адрес или напишите другой.
content/zarechye/documents/order.md:13:5: ошибка: «page.php?id=7»: это не адрес внутри отдела
    Напишите старый адрес внутри отдела, например old/page/ или old.html: только имена и / между ними.
ошибок: 4, предупреждений: 0
