/*
 * A full disk: a file that may not grow is as good as one.
 *
 * disk_fills() at so many bytes of any file of this process, until
 * disk_has_room().
 */
#ifndef SUPPORT_DISK_H
#define SUPPORT_DISK_H

#include <stdint.h>

void disk_fills(uint64_t bytes);
void disk_has_room(void);

#endif
