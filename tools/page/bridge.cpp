// The page's side of the library: files are handed over once, requests go in as JSON, answers come out as JSON and
// bytes. Every function leaves its text in one place, from where the worker copies it.
#include "cell_states.hpp"
#include "sheet_view.hpp"

#include "answers/accounts.hpp"

#include <riskshare/answers.hpp>
#include <riskshare/commands.hpp>
#include <riskshare/error.hpp>

#include <emscripten/emscripten.h>

#include <map>

namespace {

using namespace riskshare;

struct held_state {
    std::map<std::string, std::string> files; ///< by name: what was dropped
    std::map<std::string, workbook::book> books;
    std::map<std::string, riskshare::page::cell_states> states; ///< by file: what became of its cells when it was read
    answers::answer last;
    std::string text; ///< what the last call has to say
};
held_state& held() {
    static held_state only;
    return only;
}

const char* say(std::string text) {
    held().text = std::move(text);
    return held().text.c_str();
}

/// Throws `input_refused`.
std::string file_kept(const std::string& name) {
    const auto file = held().files.find(name);
    if (file == held().files.end())
        throw input_refused("file.unreadable", name + " is not among the files of the page");
    return file->second;
}

/// The workbook as the sheet view reads it, kept until its file is dropped. Throws `input_refused`.
const workbook::book& book_named(const std::string& name) {
    const auto known = held().books.find(name);
    if (known != held().books.end()) return known->second;
    return held()
        .books.emplace(name, workbook::book(workbook::package::from_bytes(file_kept(name), name)))
        .first->second;
}

void refuse(int status, const std::string& rule, const std::string& why) {
    held().last = {};
    held().last.status = status;
    held().last.talk = "riskshare: " + why + " [" + rule + "]\n";
    held().last.findings = {{rule, severity::error, why}};
    held().last.json = answers::refusal_json(status, held().last.findings);
}

} // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void page_keep(const char* name, const char* bytes, std::size_t size) {
    held().books.erase(name);
    held().files[name] = std::string(bytes, size);
}

EMSCRIPTEN_KEEPALIVE void page_drop(const char* name) {
    held().books.erase(name);
    held().states.erase(name);
    held().files.erase(name);
}

/// What is said about the answer to a request (`answers::summary_json`); its text, its talk and its JSON are fetched by
/// `page_words`, the files that it made one by one. `cells_of` names the file whose cells are to be accounted for one
/// by one; empty for none.
EMSCRIPTEN_KEEPALIVE const char* page_answer(const char* request_json, const char* cells_of) {
    const std::string file_told = cells_of;
    try {
        answers::request asked = answers::request_of(request_json);
        asked.each_cell = !file_told.empty();
        asked.open = file_kept;
        held().last = {};
        held().last = answers::answered(asked);
    } catch (const input_refused& e) {
        refuse(answers::wrong_use, e.rule(), e.what());
    } catch (const std::bad_alloc&) {
        refuse(answers::refused, "file.too_large",
               "the files need more memory than a browser gives to a page; the command has no such limit");
    }
    if (!file_told.empty()) {
        held().states[file_told].clear();
        if (held().last.account) held().states[file_told] = std::move(held().last.account->each);
    }
    return say(answers::summary_json(held().last));
}

/// Of the last answer: 0 what is for people, 1 its findings and remarks in words, 2 its JSON as the command prints it,
/// 3 the account of its workbooks as JSON, empty where there is none.
EMSCRIPTEN_KEEPALIVE const char* page_words(std::size_t which) {
    const answers::answer& last = held().last;
    if (which == 3) return say(last.account ? answers::account_json(*last.account) : "");
    return (which == 0 ? last.text : which == 1 ? last.talk : last.json).c_str();
}

/// Every command and option, as `answers::commands_json`: the page's forms are made from it.
EMSCRIPTEN_KEEPALIVE const char* page_commands() { return say(answers::commands_json()); }

/// The bytes of the n-th file that the last answer made, from 0 on.
EMSCRIPTEN_KEEPALIVE const char* page_made(std::size_t n) { return held().last.made.at(n).bytes.data(); }
EMSCRIPTEN_KEEPALIVE std::size_t page_made_size(std::size_t n) { return held().last.made.at(n).bytes.size(); }

/// The sheets of a workbook: names, sizes, what is hidden and merged. {"refused":…} where it cannot be read.
EMSCRIPTEN_KEEPALIVE const char* page_sheets(const char* file) {
    try {
        return say(riskshare::page::sheets_json(book_named(file)));
    } catch (const std::exception& e) {
        return say(riskshare::page::refusal_json(e.what()));
    }
}

/// The cells of some rows of a sheet, both included.
EMSCRIPTEN_KEEPALIVE const char* page_rows(const char* file, const char* sheet, std::uint32_t first,
                                           std::uint32_t last) {
    try {
        const workbook::book& from = book_named(file);
        return say(riskshare::page::rows_json(from, from.read(sheet), first, last));
    } catch (const std::exception& e) {
        return say(riskshare::page::refusal_json(e.what()));
    }
}

/// What became of the cells of some rows of a sheet, as its file was last read: {"B6":["read","savings plan of UHL,
/// red"]}.
EMSCRIPTEN_KEEPALIVE const char* page_states(const char* file, const char* sheet, std::uint32_t first,
                                             std::uint32_t last) {
    return say(riskshare::page::states_json(held().states[file], sheet, first, last));
}

} // extern "C"
