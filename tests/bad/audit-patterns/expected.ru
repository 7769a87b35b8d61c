data/audit-checklist.csv:2:21: предупреждение: «программ\w* развития(»: ошибка в образце, знак 22: missing closing parenthesis
    Образцы — регулярные выражения Perl (PCRE2); проверьте командой: grep -P.
data/audit-checklist.csv:3:21: предупреждение: «dox»: такого вида файлов нет
    Возможно, вы имели в виду «doc»?
data/audit-checklist.csv:3:29: предупреждение: «Распоряжение»: образец не подходит к этому примеру
    Исправьте образец или пример.
data/audit-checklist.csv:3:53: предупреждение: «Приказ о зачислении»: образец подходит к этому примеру, а не должен
    Исправьте образец или пример.
data/audit-checklist.csv:4:11: предупреждение: «качествo»: в data/audit-words.csv такого слова нет
    Возможно, вы имели в виду «качество»?
data/audit-signatures.csv:2:23: предупреждение: «[обновля»: ошибка в образце, знак 9: missing terminating ] for character class
    Образцы — регулярные выражения Perl (PCRE2); проверьте командой: grep -P.
data/audit-words.csv:2:61: предупреждение: «качество питания»: образец не подходит к этому примеру
    Исправьте образец или пример.
data/audit-words.csv:3:12: предупреждение: «риск(»: ошибка в образце, знак 6: missing closing parenthesis
    Образцы — регулярные выражения Perl (PCRE2); проверьте командой: grep -P.
ошибок: 0, предупреждений: 8
Если исправлять нечего, предупреждение можно принять под свою ответственность: добавьте в content/acknowledged.yaml эти строки, вписав логин и причину:
warnings:
  - rule: checklist-pattern
    file: "data/audit-checklist.csv"
    cell: "программ\\w* развития("
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-type
    file: "data/audit-checklist.csv"
    cell: "dox"
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-example
    file: "data/audit-checklist.csv"
    cell: "Распоряжение"
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-example
    file: "data/audit-checklist.csv"
    cell: "Приказ о зачислении"
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-word
    file: "data/audit-checklist.csv"
    cell: "качествo"
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-pattern
    file: "data/audit-signatures.csv"
    cell: "[обновля"
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-example
    file: "data/audit-words.csv"
    cell: "качество питания"
    by: ЛОГИН
    reason: ПРИЧИНА
  - rule: checklist-pattern
    file: "data/audit-words.csv"
    cell: "риск("
    by: ЛОГИН
    reason: ПРИЧИНА
