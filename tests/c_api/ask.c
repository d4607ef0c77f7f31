/* ask REQUEST FILE...: what the page of the C face shows, in C. Prints the part that the answer has in JSON. */
#include <riskshare/c_api.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void* whole_file(const char* name, size_t* size) {
    FILE* f = fopen(name, "rb");
    char* bytes = NULL;
    *size = 0;
    if (f == NULL) return NULL;
    for (;;) {
        char* more = realloc(bytes, *size + 65536);
        size_t got;
        if (more == NULL) break;
        bytes = more;
        got = fread(bytes + *size, 1, 65536, f);
        *size += got;
        if (got < 65536) break;
    }
    fclose(f);
    return bytes;
}

int main(int argc, char** argv) {
    riskshare_file* files = calloc((size_t)argc, sizeof *files);
    riskshare_answer* answer;
    const char* json;
    size_t length = 0, count = 0, i;
    int status;
    if (argc < 2 || files == NULL) return 2;
    for (i = 2; i < (size_t)argc; ++i) { /* one that cannot be read is not given, and the answer says so */
        files[count].name = argv[i];
        files[count].bytes = whole_file(argv[i], &files[count].size);
        if (files[count].bytes != NULL) ++count;
    }
    answer = riskshare_ask(argv[1], strlen(argv[1]), files, count);
    if (answer == NULL) {
        fprintf(stderr, "%s\n", riskshare_last_error());
        return 5;
    }
    json = riskshare_part(answer, RISKSHARE_JSON, &length);
    fwrite(json, 1, length, stdout);
    fputs(riskshare_part(answer, RISKSHARE_TALK, NULL), stderr);
    status = riskshare_status(answer);
    riskshare_free(answer);
    for (i = 0; i < count; ++i) free((void*)files[i].bytes);
    free(files);
    return status;
}
