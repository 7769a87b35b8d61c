content/methods/below-region.md:8:14: ошибка: «district»: такого слова здесь не бывает
    Возможные слова: school, municipality, region.
content/methods/below-region.md:9:14: ошибка: «oge-maths»: этой процедуры нет в data/procedures.csv
    Возможно, вы имели в виду «oge-math»?
content/methods/below-region.md:11:5: ошибка: «at_least»: в критерии больше процедур, чем есть в методике
    Напишите меньшее число или добавьте процедуры.
ошибок: 3, предупреждений: 0
