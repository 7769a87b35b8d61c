/*
 * What people write as a telephone number is shown as it is; its address is
 * made of the digits.
 */
#include "render/contacts_view.h"

/* A telephone number as addresses have it (RFC 3966): its digits up to a comma
 * or a letter, where an extension or another number begins. What Russia dials
 * with 8 is +7 from everywhere. NULL without digits. */
static const char *dialled(struct arena *a, const char *phone)
{
	struct str rest = str_of(phone), first;
	char *digits = arena_alloc(a, rest.n + 1);
	size_t n = 0;
	str_next(&rest, ',', &first);
	bool abroad = str_starts(str_trim(first), "+");
	for (size_t i = 0, len; i < first.n; i += len) {
		int32_t c = utf8_decode(first.p + i, first.n - i, &len);
		if (c >= '0' && c <= '9')
			digits[n++] = (char)c;
		else if (utf8_is_word(c))
			break;
	}
	if (n == 0)
		return NULL;
	if (n == 11 && digits[0] == '8' && !abroad) {
		digits[0] = '7';
		abroad = true;
	}
	return arena_printf(a, "tel:%s%.*s", abroad ? "+" : "", (int)n, digits);
}

void contacts_view(struct renderer *r, struct view *v)
{
	const struct department_meta *meta = department_meta(r->dept);
	const struct contact *contacts = meta->contacts.items;
	struct list *rows = view_list(v, "contacts");
	bool reachable = false;
	for (size_t i = 0; i < meta->contacts.count; i++) {
		struct view *row = list_view(rows);
		view_text(row, "role", contacts[i].role);
		view_text(row, "phone", contacts[i].phone);
		view_text(row, "phone_href",
		    contacts[i].phone ? dialled(r->arena, contacts[i].phone) : NULL);
		view_text(row, "mail", contacts[i].mail);
		reachable |= contacts[i].phone || contacts[i].mail;
	}
	view_flag(v, "has_contacts", rows->count > 0);
	view_flag(v, "unreachable", rows->count > 0 && !reachable);
	view_text(v, "working_group", meta->working_group);
}
