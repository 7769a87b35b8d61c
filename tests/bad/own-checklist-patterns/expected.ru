data/zarechye/audit-checklist.csv:2:13: предупреждение: «устав[»: ошибка в образце, знак 7: missing terminating ] for character class
    Образцы — регулярные выражения Perl (PCRE2); проверьте командой: grep -P.
data/zarechye/audit-checklist.csv:3:21: предупреждение: «dok»: такого вида файлов нет
    Возможно, вы имели в виду «doc»?
data/zarechye/audit-checklist.csv:3:25: предупреждение: «Распоряжение»: образец не подходит к этому примеру
    Исправьте образец или пример.
data/zarechye/audit-checklist.csv:3:49: предупреждение: «Приказ о зачислении»: образец подходит к этому примеру, а не должен
    Исправьте образец или пример.
ошибок: 0, предупреждений: 4
Если исправлять нечего, предупреждение можно принять под свою ответственность: добавьте в content/acknowledged.yaml эти строки, вписав логин и причину:
warnings:
  - rule: checklist-pattern
    file: "data/zarechye/audit-checklist.csv"
    cell: "устав["
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-type
    file: "data/zarechye/audit-checklist.csv"
    cell: "dok"
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-example
    file: "data/zarechye/audit-checklist.csv"
    cell: "Распоряжение"
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-example
    file: "data/zarechye/audit-checklist.csv"
    cell: "Приказ о зачислении"
    by: ЛОГИН
    reason: ПРИЧИНА
