/*
 * httpd_mime - the media type of a file, by the end of its name.
 *
 * Text comes with charset=utf-8: everything we write is UTF-8. What is not
 * known is application/octet-stream, which a browser saves.
 */
#ifndef SYS_HTTPD_MIME_H
#define SYS_HTTPD_MIME_H

const char *httpd_mime(const char *path);

#endif
