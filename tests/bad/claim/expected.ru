content/zarechye/documents/order.md:11:14: ошибка: «below-minimum:oge-matn»: процедуры, названной в способе расчёта, нет в data/procedures.csv
    Возможно, вы имели в виду «oge-math»?
content/zarechye/documents/order.md:13:12: ошибка: «пять»: this measure gives a number, the value is another
    Write only the number as it stands in the text: 7 or 7 %.
content/zarechye/documents/order.md:16:83: ошибка: «low-result»: these are no schools that a number can be about
    Возможно, вы имели в виду «low-results»?
content/zarechye/documents/order.md:21:30: ошибка: «special-pages»: такого способа расчёта нет
    Возможно, вы имели в виду «special-page»?
content/zarechye/documents/order.md:25:56: ошибка: «Лугавая»: такой школы нет
    Возможно, вы имели в виду «lugovaya»?
content/zarechye/documents/order.md:29:16: предупреждение: «80»: The text states a number that differs from the one computed from the data: 7,53 %.
    Correct the number or the tables; until then the reconciliation page shows both.
ошибок: 5, предупреждений: 1
