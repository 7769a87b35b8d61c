content/zarechye/documents/order.md:7:7: ошибка: «order.pdf»: среди вложений нет такого файла
    Возможно, вы имели в виду «order.txt»?
content/zarechye/documents/order.md:10:40: ошибка: «../files/order.pdf»: в папке files/ отдела нет такого файла
    Возможно, вы имели в виду files/order.txt?
ошибок: 2, предупреждений: 0
