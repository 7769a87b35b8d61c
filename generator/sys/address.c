/* Tables of prefixes, after the registries of special-purpose addresses
 * (RFC 6890 and what IANA added to them). */
#include "sys/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static bool private4(uint32_t a)
{
	static const struct {
		uint32_t prefix;
		int bits;
	} list[] = {{0x00000000, 8}, {0x0A000000, 8}, {0x64400000, 10}, {0x7F000000, 8},
	    {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24},
	    {0xC0586300, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24},
	    {0xCB007100, 24}, {0xE0000000, 3}};
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		if ((a ^ list[i].prefix) >> (32 - list[i].bits) == 0)
			return true;
	return false;
}

static uint32_t word(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool private6(const unsigned char *p)
{
	static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
	static const unsigned char nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
	if (memcmp(p, mapped, sizeof(mapped)) == 0 || memcmp(p, nat64, sizeof(nat64)) == 0)
		return private4(word(p + 12));
	if (p[0] == 0x20 && p[1] == 0x02)
		return private4(word(p + 2));
	/* Only 2000::/3 is given out at all; of that, documentation and the
	 * special assignments (Teredo and others) are no sites. */
	bool global = (p[0] & 0xE0) == 0x20;
	bool special = p[0] == 0x20 && p[1] == 0x01 && (p[2] < 2 || (p[2] == 0x0D && p[3] == 0xB8));
	return !global || special;
}

bool address_is_private(const struct sockaddr *address)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	switch (address->sa_family) {
	case AF_INET:
		memcpy(&v4, address, sizeof(v4));
		return private4(ntohl(v4.sin_addr.s_addr));
	case AF_INET6:
		memcpy(&v6, address, sizeof(v6));
		return private6(v6.sin6_addr.s6_addr);
	default:
		return true;
	}
}

bool address_text_is_private(const char *text)
{
	struct in_addr v4;
	struct in6_addr v6;
	if (inet_pton(AF_INET, text, &v4) == 1)
		return private4(ntohl(v4.s_addr));
	return inet_pton(AF_INET6, text, &v6) == 1 && private6(v6.s6_addr);
}
