content/zarechye/documents/order.md:7:7: ошибка: «order.pdf»: среди вложений нет такого файла
    Возможно, вы имели в виду «order.txt»?
content/zarechye/documents/order.md:10:40: ошибка: «../files/order.pdf»: в папке files/ отдела нет такого файла
    Возможно, вы имели в виду files/order.txt?
content/zarechye/files/order.pdf: ошибка: такого файла нет
    Положите сюда этот файл или исправьте его имя там, где оно написано; прописные и строчные буквы различаются.
ошибок: 3, предупреждений: 0
