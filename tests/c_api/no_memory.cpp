// no_memory WORKBOOK [AT_MOST]: three requests, of which every allocation in turn fails: of C and of C++, in the
// library and in what it is built on. Each time the caller gets an answer or a NULL with its reason, and the next
// request is answered. With AT_MOST, only so many of each request's allocations, spread evenly.
#include <riskshare/c_api.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}

namespace {

thread_local long left = -1; // allocations until one fails; negative: none will
thread_local long made = 0;

bool fails() {
    ++made;
    if (left < 0) return false;
    return left-- == 0;
}

} // namespace

extern "C" {
void* malloc(std::size_t size) { return fails() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return fails() ? nullptr : __libc_calloc(count, size); }
void* realloc(void* old, std::size_t size) { return fails() ? nullptr : __libc_realloc(old, size); }
void* memalign(std::size_t to, std::size_t size) { return fails() ? nullptr : __libc_memalign(to, size); }
void* aligned_alloc(std::size_t to, std::size_t size) { return fails() ? nullptr : __libc_memalign(to, size); }
int posix_memalign(void** into, std::size_t to, std::size_t size) {
    *into = fails() ? nullptr : __libc_memalign(to, size);
    return *into == nullptr ? 12 : 0;
}
}

namespace {

std::string read(const char* name) {
    std::string bytes;
    if (std::FILE* f = std::fopen(name, "rb")) {
        char block[65536];
        for (std::size_t got; (got = std::fread(block, 1, sizeof block, f)) > 0;) bytes.append(block, got);
        std::fclose(f);
    }
    return bytes;
}

struct outcome {
    bool answered = false;
    int status = 0;
    std::string json;
};

outcome ask(const std::string& request, const std::string& bytes, long fail_at) {
    const riskshare_file file{"plan.xlsx", bytes.data(), bytes.size()};
    made = 0, left = fail_at;
    riskshare_answer* a = riskshare_ask(request.data(), request.size(), &file, 1);
    left = -1;
    outcome out;
    if (a == nullptr) return out;
    std::size_t length = 0;
    const char* json = riskshare_part(a, RISKSHARE_JSON, &length);
    out = {true, riskshare_status(a), std::string(json, length)};
    riskshare_free(a);
    return out;
}

/// How many failures were not told, or spoilt what came after.
long wrongs_of(const std::string& request, const std::string& bytes, long at_most) {
    const outcome right = ask(request, bytes, -1); // the first request makes what is kept for all
    ask(request, bytes, -1);
    const long all = made, step = at_most > 0 ? std::max(1L, all / at_most) : 1;
    long wrong = 0, nulls = 0, answers = 0;
    for (long i = 0; i < all; i += step) {
        const outcome o = ask(request, bytes, i);
        const std::string why = riskshare_last_error();
        if (!o.answered) {
            ++nulls;
            if (why.empty()) ++wrong, std::printf("  allocation %ld: NULL, and no reason\n", i);
        } else {
            ++answers;
            // What could be done without may be done without; anything else says that it failed.
            if (o.status == right.status && o.json != right.json)
                ++wrong, std::printf("  allocation %ld: another answer, with the same status\n", i);
        }
        if (i % 64 == 0 && ask(request, bytes, -1).json != right.json)
            ++wrong, std::printf("  after allocation %ld: another answer\n", i);
    }
    std::printf("%s: %ld allocations, one failed each %ld: %ld NULL with a reason, %ld answered, %ld wrong\n",
                request.c_str(), all, step, nulls, answers, wrong);
    return wrong;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const std::string bytes = read(argv[1]);
    const long at_most = argc > 2 ? std::atol(argv[2]) : 0;
    if (bytes.empty()) return 2;
    long wrong = 0;
    for (const char* request :
         {R"({"command":"explain","options":{"what":"check.sum"}})",
          R"({"command":"risk","files":["plan.xlsx"],"text":true})",
          R"({"command":"set","files":["plan.xlsx"],"options":{"edits":["Efficiencies!C5=1"],"output":"new.xlsx"}})"})
        wrong += wrongs_of(request, bytes, at_most);
    return wrong == 0 ? 0 : 1;
}
