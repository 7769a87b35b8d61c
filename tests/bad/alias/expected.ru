content/zarechye/documents/order.md:10:5: ошибка: «../luga/order.html»: this is no address of the department
    Write the old address within the department, for example old/page/ or old.html; only names and / between them.
content/zarechye/documents/order.md:11:5: ошибка: «schools/lugovaya/»: a page or file of the site has this address
    Leave this alias out, or write another old address.
content/zarechye/documents/order.md:12:5: ошибка: «/zarechye/old/order.html»: this alias is taken already: content/zarechye/documents/order.md
    Leave this alias out, or write another old address.
content/zarechye/documents/order.md:13:5: ошибка: «page.php?id=7»: this is no address of the department
    Write the old address within the department, for example old/page/ or old.html; only names and / between them.
ошибок: 4, предупреждений: 0
