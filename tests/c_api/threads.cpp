// threads WORKBOOK...: eight threads ask at once, each its own requests of every workbook; each answer is the one that
// a thread alone gets. Meant to be run under the sanitizers too.
#include <riskshare/c_api.h>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace {

std::string ask(const std::string& request, const std::string& bytes) {
    const riskshare_file file{"book.xlsx", bytes.data(), bytes.size()};
    riskshare_answer* a = riskshare_ask(request.data(), request.size(), &file, 1);
    if (a == nullptr) return riskshare_last_error();
    std::string all = std::to_string(riskshare_status(a));
    for (int part : {RISKSHARE_JSON, RISKSHARE_TEXT, RISKSHARE_TALK, RISKSHARE_SUMMARY}) {
        std::size_t length = 0;
        const char* text = riskshare_part(a, part, &length);
        all.append(text, length);
    }
    for (std::size_t i = 0; i < riskshare_made_count(a); ++i) {
        std::size_t size = 0;
        const void* made = riskshare_made_bytes(a, i, &size);
        all.append(static_cast<const char*>(made), size);
    }
    riskshare_free(a);
    return all;
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::pair<std::string, std::string>> work;
    for (int i = 1; i < argc; ++i) {
        std::ifstream in(argv[i], std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        for (const char* command : {"risk", "position", "track", "check", "import", "cells"})
            work.emplace_back(std::string(R"({"command":")") + command + R"(","files":["book.xlsx"],"text":true})",
                              bytes);
        work.emplace_back(R"({"command":"share","files":["book.xlsx"],"options":{"month":4,"nothing":1}})", bytes);
        work.emplace_back("no JSON", bytes);
    }
    if (work.empty()) return 2;
    std::vector<std::string> alone(work.size());
    constexpr std::size_t threads = 8;
    std::vector<std::vector<std::string>> together(threads, std::vector<std::string>(work.size()));
    std::vector<std::thread> all;
    for (std::size_t t = 0; t < threads; ++t) // before anything was asked, so that first uses meet too
        all.emplace_back([&, t] {
            for (std::size_t i = 0; i < work.size(); ++i) {
                const std::size_t j = (i + t * 3) % work.size();
                together[t][j] = ask(work[j].first, work[j].second);
            }
        });
    for (std::thread& t : all) t.join();
    std::size_t differ = 0;
    for (std::size_t i = 0; i < work.size(); ++i) {
        alone[i] = ask(work[i].first, work[i].second);
        for (std::size_t t = 0; t < threads; ++t)
            if (together[t][i] != alone[i]) ++differ, std::printf("%s: thread %zu differs\n", work[i].first.c_str(), t);
    }
    std::printf("%zu threads, %zu requests each: %zu differ\n", threads, work.size(), differ);
    return differ == 0 ? 0 : 1;
}
