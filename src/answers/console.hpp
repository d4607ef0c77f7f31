// What a command reads from and writes to: the request's files, and the parts of the answer.
#ifndef RISKSHARE_ANSWERS_CONSOLE_HPP
#define RISKSHARE_ANSWERS_CONSOLE_HPP

#include <riskshare/account.hpp>
#include <riskshare/answers.hpp>

#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace riskshare::answers {

class console {
public:
    explicit console(const request& r)
        : out_colour(r.text_colour), talk_colour(r.talk_colour), wants_text(r.text), wants_json(r.json),
          wants_each_cell(r.each_cell), asked_(r) {}

    std::ostringstream out;  ///< for people; written where `wants_text`
    std::ostringstream json; ///< for programs; written where `wants_json`
    std::ostringstream talk;
    bool out_colour, talk_colour, wants_text, wants_json, wants_each_cell;
    std::vector<finding> findings; ///< told so far

    std::optional<account> accounted = {}; ///< of the workbooks read; told last, and part of the JSON
    bool account_in_full = false;          ///< tell each amount that was left
    bool lacks_rows = false;      ///< rows or columns of a table are missing from the answer, which says so first
    bool json_is_a_model = false; ///< which holds figures alone

    /// The bytes of a file of the request. Throws `input_refused` with rule "file.unreadable" where it has none.
    std::string read(const std::string& file) const;
    /// Adds a file to those made.
    void make(const std::string& file, std::string bytes) { made_.push_back({file, std::move(bytes)}); }
    /// Says that the command was used wrongly.
    void complain(const std::string& why);
    void progress(const std::string& what, std::size_t done, std::size_t all) const {
        if (asked_.progress) asked_.progress(what, done, all);
    }

    answer ended(int status) &&;

private:
    const request& asked_;
    std::vector<named_bytes> made_;
};

/// Tells findings to a person: worst first, each with its places and what to do, the count last.
void print(console&, std::vector<finding>);

/// 1 when any finding is an error, else 0.
int status_of(const std::vector<finding>&);

/// "plan.xlsx" of "reports/plan.xlsx".
std::string file_name(const std::string& path);
/// ".xlsx" of "reports/plan.xlsx"; empty where it has none.
std::string extension(const std::string& path);

} // namespace riskshare::answers

#endif
