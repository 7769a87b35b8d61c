/*
 * An ordinary main() for a fuzz target: runs it once with each file named on
 * the command line, so that a corpus is replayed without a fuzzer.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 16 * 1024 * 1024 };

static int run(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *bytes = malloc(LARGEST);
	int result = -1;
	if (!f || !bytes)
		goto done;
	size_t size = fread(bytes, 1, LARGEST, f);
	if (ferror(f))
		goto done;
	/* Of exactly its size, so that a sanitizer sees a read past the end. */
	uint8_t *exact = realloc(bytes, size ? size : 1);
	if (!exact)
		goto done;
	bytes = exact;
	result = LLVMFuzzerTestOneInput(bytes, size);
done:
	if (result < 0)
		perror(path);
	if (f)
		fclose(f);
	free(bytes);
	return result;
}

int main(int argc, char **argv)
{
	int failed = 0;
	if (argc < 2) {
		fprintf(stderr, "usage: %s FILE...\n", argv[0]);
		return 2;
	}
	for (int i = 1; i < argc; i++)
		failed |= run(argv[i]) != 0;
	if (!failed)
		printf("%d inputs\n", argc - 1);
	return failed;
}
