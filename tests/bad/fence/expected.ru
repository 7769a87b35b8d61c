content/zarechye/documents/order.md:12:10: ошибка: «reslts.csv»: у отдела нет такой таблицы
    Возможно, вы имели в виду results.csv?
content/zarechye/documents/order.md:15:22: ошибка: «yaer»: такого столбца в таблице не бывает
    Возможно, вы имели в виду year?
content/zarechye/documents/order.md:18:29: ошибка: «Лугавая»: школы с таким кодом или названием нет
    Возможно, вы имели в виду lugovaya?
content/zarechye/documents/order.md:21:52: ошибка: «qualty_rate»: такого поля для диаграммы нет
    Возможно, вы имели в виду quality_rate?
content/zarechye/documents/order.md:24:10: ошибка: «pie»: вид диаграммы один: line
    Напишите: chart line results.csv procedure=oge-math field=quality_rate
ошибок: 5, предупреждений: 0
