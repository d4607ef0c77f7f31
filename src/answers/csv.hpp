// Lists as spreadsheets save them: values with commas, semicolons or tabs between them.
#ifndef RISKSHARE_ANSWERS_CSV_HPP
#define RISKSHARE_ANSWERS_CSV_HPP

#include <cstddef>
#include <string>
#include <vector>

namespace riskshare::answers {

/// A list, line by line; blank lines are left out.
struct csv_list {
    struct line {
        std::size_t number = 0; ///< in the file, from 1
        std::vector<std::string> fields = {};
    };
    std::string name;
    char separator = ',';
    std::vector<line> lines = {};

    /// "act.csv line 3"
    std::string place(const line& l) const { return name + " line " + std::to_string(l.number); }
};

/// Reads UTF-8, UTF-16 and Windows' own letters. The separator is the one that a line "sep=;" names, else the first of
/// tab, semicolon and comma that stands in a line outside quotes. Throws `input_refused` for broken UTF-16.
csv_list list_of(const std::string& bytes, const std::string& name);

/// Whether a file begins as text in UTF-16 does.
bool is_utf16(const std::string& bytes);

/// The fields of one column with a point before the decimals and commas between the thousands, whichever way the list
/// writes them: "1.234,50" is "1,234.50". A blank stays blank. Throws `input_refused` with rule "fill.decimal_mark"
/// where two lines speak for two ways, or where a list with semicolons could be meant either way.
std::vector<std::string> amounts_with_points(const csv_list&, std::size_t column, std::size_t first_line);

} // namespace riskshare::answers

#endif
