/* riskshare from C, and from every language that can call C: one request in, one answer out. This page is all of it.
 *
 *     const char* request = "{\"command\":\"risk\",\"files\":[\"plan.xlsx\"]}";
 *     riskshare_file plan = {"plan.xlsx", bytes, size};
 *     riskshare_answer* a = riskshare_ask(request, strlen(request), &plan, 1);
 *     if (a == NULL) { fprintf(stderr, "%s\n", riskshare_last_error()); return 5; }
 *     size_t length = 0;
 *     const char* json = riskshare_part(a, RISKSHARE_JSON, &length);
 *     …
 *     riskshare_free(a);
 *
 * A request is a JSON object, in UTF-8:
 *
 *     {"command": "risk",                 one of those that riskshare_commands() lists
 *      "files":   ["plan.xlsx"],          what it reads, by the names of the files given
 *      "options": {"room": "£4.5m"},      as riskshare_commands() lists them: text, a whole number, true for a
 *                                         flag, or a list of them; one that is not known is refused by name
 *      "json": true, "text": false}       which of the two parts are to be written; as here when left out
 *
 * An option that reads a file ("agreement", "map", "since") is given a name, and the file of that name is given too.
 * An option that makes a file ("output", "fill", "annotate") names it, and the file is among those made. Nothing here
 * opens the caller's files, writes them, asks the time, or looks at the environment.
 *
 * Amounts in JSON are decimal text in pounds, exact: "8362250.00". Never read them as binary fractions.
 *
 * No exception and no signal leaves these functions, also when memory is at its end: then NULL is returned and
 * riskshare_last_error() says so. All of them may be called from several threads at once; one answer may be read by
 * several, and is freed once. Texts belong to the answer and live as long as it does. They end in a 0 byte that
 * `length` does not count.
 */
#ifndef RISKSHARE_C_API_H
#define RISKSHARE_C_API_H

#include <stddef.h>

#if defined(_WIN32)
#define RISKSHARE_PUBLIC __declspec(dllexport)
#else
#define RISKSHARE_PUBLIC __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
#define RISKSHARE_NOEXCEPT noexcept
extern "C" {
#else
#define RISKSHARE_NOEXCEPT
#endif

/* A file that a request names, with its bytes. */
typedef struct riskshare_file {
    const char* name;
    const void* bytes;
    size_t size;
} riskshare_file;

typedef struct riskshare_answer riskshare_answer;

/* The parts of an answer. */
enum riskshare_part_of {
    RISKSHARE_JSON = 0, /* the result, one JSON object; empty where "json" was false */
    RISKSHARE_TEXT = 1, /* the result for people; empty where "text" was not asked for */
    RISKSHARE_TALK = 2, /* findings and remarks for people */
    RISKSHARE_SUMMARY = 3 /* {"schema":"riskshare.answer/1","status":0,"made":[{"name":…,"size":…}],"findings":[…]} */
};

/* "0.1.0", and the commit where it is known. What this page promises holds for every version that begins alike up to
 * the second full stop. */
RISKSHARE_PUBLIC const char* riskshare_version(void) RISKSHARE_NOEXCEPT;

/* Every command and option as JSON: {"commands":[{"name":…,"does":…,"example":…,"options":[{"name":…,"kind":
 * "flag|words|whole_number|file_read|file_made",…}]}]}. NULL when memory is at its end. */
RISKSHARE_PUBLIC const char* riskshare_commands(void) RISKSHARE_NOEXCEPT;

/* Works a request out. NULL where the request is no such JSON object, an argument is NULL, or memory is at its end: see
 * riskshare_last_error(). Whatever is wrong with what it asks for, or with its files, is an answer with its status. */
RISKSHARE_PUBLIC riskshare_answer* riskshare_ask(const char* request, size_t length, const riskshare_file* files,
                                                 size_t count) RISKSHARE_NOEXCEPT;

/* 0 fine, 1 findings of severity error, 2 wrong use, 3 input refused, 5 a fault of ours. */
RISKSHARE_PUBLIC int riskshare_status(const riskshare_answer* answer) RISKSHARE_NOEXCEPT;

/* NULL where there is no such part. `length` may be NULL. */
RISKSHARE_PUBLIC const char* riskshare_part(const riskshare_answer* answer, int part,
                                            size_t* length) RISKSHARE_NOEXCEPT;

/* The files that the request made. NULL beyond the last. */
RISKSHARE_PUBLIC size_t riskshare_made_count(const riskshare_answer* answer) RISKSHARE_NOEXCEPT;
RISKSHARE_PUBLIC const char* riskshare_made_name(const riskshare_answer* answer, size_t index) RISKSHARE_NOEXCEPT;
RISKSHARE_PUBLIC const void* riskshare_made_bytes(const riskshare_answer* answer, size_t index,
                                                  size_t* size) RISKSHARE_NOEXCEPT;

/* NULL is allowed. */
RISKSHARE_PUBLIC void riskshare_free(riskshare_answer* answer) RISKSHARE_NOEXCEPT;

/* Why the last call on this thread returned NULL; empty when none did. Valid until the next call on this thread. */
RISKSHARE_PUBLIC const char* riskshare_last_error(void) RISKSHARE_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
