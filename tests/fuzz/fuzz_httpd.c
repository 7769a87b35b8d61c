/*
 * Any bytes as the address of a request to the preview. What is taken holds
 * no way out of the folder: no part is empty or begins with a dot, and no
 * character is invisible.
 */
#include "sys/httpd_page.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[HTTPD_PATH];
	char *url = malloc(size + 1);
	if (!url)
		return 0;
	if (size)
		memcpy(url, data, size);
	url[size] = '\0';
	if (httpd_path(path, url) == 0) {
		bool begins = true;
		if (strlen(path) >= HTTPD_PATH || url[0] != '/')
			abort();
		for (const char *p = path; *p; p++) {
			if ((unsigned char)*p < 0x20 || *p == 0x7F)
				abort();
			if (begins && (*p == '.' || *p == '/'))
				abort();
			begins = *p == '/';
		}
	}
	free(url);
	return 0;
}
