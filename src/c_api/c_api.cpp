// The C face: catches everything, and keeps what went wrong where no memory is needed.
#include <riskshare/answers.hpp>
#include <riskshare/c_api.h>
#include <riskshare/commands.hpp>
#include <riskshare/error.hpp>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <new>

struct riskshare_answer {
    riskshare::answers::answer held;
    std::string summary;
};

namespace {

using namespace riskshare;

constexpr std::size_t longest_error = 512;
thread_local char last_error[longest_error] = "";

void keep_error(const char* why) noexcept {
    const std::size_t length = std::min(std::strlen(why), longest_error - 1);
    std::memcpy(last_error, why, length);
    last_error[length] = '\0';
}

/// The result of `work`; NULL, and why, where it throws.
template <class Work>
auto caught(Work work) noexcept -> decltype(work()) {
    last_error[0] = '\0';
    try {
        return work();
    } catch (const std::bad_alloc&) {
        keep_error("memory is at its end");
    } catch (const std::exception& e) {
        keep_error(e.what());
    } catch (...) {
        keep_error("a fault of riskshare itself");
    }
    return nullptr;
}

answers::request asked(const char* request, std::size_t length, const riskshare_file* files, std::size_t count) {
    if (request == nullptr || (files == nullptr && count > 0)) throw precondition_violated("an argument is NULL");
    answers::request r = answers::request_of(std::string_view(request, length));
    r.bytes.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const riskshare_file& f = files[i];
        if (f.name == nullptr || (f.bytes == nullptr && f.size > 0))
            throw precondition_violated("a file has no name or no bytes");
        r.bytes.push_back(
            {f.name, f.size == 0 ? std::string() : std::string(static_cast<const char*>(f.bytes), f.size)});
    }
    return r;
}

} // namespace

extern "C" {

const char* riskshare_version(void) noexcept {
    return caught([] {
        static const std::string version = answers::version();
        return version.c_str();
    });
}

const char* riskshare_commands(void) noexcept {
    return caught([] {
        static const std::string json = answers::commands_json();
        return json.c_str();
    });
}

riskshare_answer* riskshare_ask(const char* request, size_t length, const riskshare_file* files,
                                size_t count) noexcept {
    return caught([&] {
        const answers::request r = asked(request, length, files, count);
        auto made = std::make_unique<riskshare_answer>();
        made->held = answers::answered(r);
        made->summary = answers::summary_json(made->held);
        return made.release();
    });
}

int riskshare_status(const riskshare_answer* answer) noexcept {
    return answer == nullptr ? int(answers::internal_fault) : answer->held.status;
}

const char* riskshare_part(const riskshare_answer* answer, int part, size_t* length) noexcept {
    if (length != nullptr) *length = 0;
    if (answer == nullptr) return nullptr;
    const std::string* text = part == RISKSHARE_JSON      ? &answer->held.json
                              : part == RISKSHARE_TEXT    ? &answer->held.text
                              : part == RISKSHARE_TALK    ? &answer->held.talk
                              : part == RISKSHARE_SUMMARY ? &answer->summary
                                                          : nullptr;
    if (text == nullptr) return nullptr;
    if (length != nullptr) *length = text->size();
    return text->c_str();
}

size_t riskshare_made_count(const riskshare_answer* answer) noexcept {
    return answer == nullptr ? 0 : answer->held.made.size();
}

const char* riskshare_made_name(const riskshare_answer* answer, size_t index) noexcept {
    return index < riskshare_made_count(answer) ? answer->held.made[index].name.c_str() : nullptr;
}

const void* riskshare_made_bytes(const riskshare_answer* answer, size_t index, size_t* size) noexcept {
    if (size != nullptr) *size = 0;
    if (index >= riskshare_made_count(answer)) return nullptr;
    if (size != nullptr) *size = answer->held.made[index].bytes.size();
    return answer->held.made[index].bytes.data();
}

void riskshare_free(riskshare_answer* answer) noexcept { delete answer; }

const char* riskshare_last_error(void) noexcept { return last_error; }
}
