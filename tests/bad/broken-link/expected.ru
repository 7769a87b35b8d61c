content/zarechye/documents/order.md:10:40: ошибка: «../documents/ordre.md»: ссылка ведёт на страницу, которой нет или которая не опубликована
    Возможно, вы имели в виду documents/order.md?
content/zarechye/documents/order.md:12:6: ошибка: «../../methods/above-region.md»: ссылка ведёт на методику, которой нет
    Возможно, вы имели в виду below-region.md?
content/zarechye/documents/order.md:12:49: предупреждение: «netu»: на этой странице нет заголовка с таким адресом
    Адрес заголовка — его текст латинскими буквами, с дефисами вместо пробелов.
content/zarechye/documents/order.md:12:69: ошибка: «../../../etc/passwd»: ссылка ведёт за пределы страниц отдела
    Напишите путь к файлу этого отдела от файла, в котором стоит ссылка, например documents/programme.md, или полный адрес, который начинается с https://.
content/zarechye/documents/order.md:12:103: предупреждение: «javascript:alert»: эта ссылка убрана: её адрес может запустить программу
    Ссылка начинается с https:, http:, mailto: или tel: либо называет файл сайта.
ошибок: 3, предупреждений: 2
