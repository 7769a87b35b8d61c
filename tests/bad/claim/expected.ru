content/zarechye/documents/order.md:11:14: ошибка: «below-minimum:oge-matn»: процедуры, названной в способе расчёта, нет в data/procedures.csv
    Возможно, вы имели в виду «oge-math»?
content/zarechye/documents/order.md:13:12: ошибка: «пять»: этот способ расчёта даёт число, а указано другое
    Напишите только число, как оно стоит в тексте: 7 или 7 %.
content/zarechye/documents/order.md:16:83: ошибка: «low-result»: о таких школах числа быть не может
    Возможно, вы имели в виду «low-results»?
content/zarechye/documents/order.md:21:30: ошибка: «special-pages»: такого способа расчёта нет
    Возможно, вы имели в виду «special-page»?
content/zarechye/documents/order.md:25:56: ошибка: «Лугавая»: такой школы нет
    Возможно, вы имели в виду «lugovaya»?
content/zarechye/documents/order.md:29:16: предупреждение: «80»: в тексте названо число, которое отличается от вычисленного по данным: 7.53 % (7/93)
    Исправьте число или таблицы; до тех пор на странице сверки показаны оба.
ошибок: 5, предупреждений: 1
