content/zarechye/documents/order.md:12:10: предупреждение: «<font color="red">»: HTML в тексте не показывается
    Используйте Markdown: **жирный**, *курсив*, списки, таблицы. Вместо самого знака < пишите &lt;
ошибок: 0, предупреждений: 1
Если исправлять нечего, предупреждение можно принять под свою ответственность: добавьте в content/acknowledged.yaml эти строки, вписав логин и причину:
warnings:
  - rule: markdown-html
    file: "content/zarechye/documents/order.md"
    cell: "<font color=\"red\">"
    by: ЛОГИН
    reason: ПРИЧИНА
