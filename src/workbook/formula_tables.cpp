// References to the cells of a table by the names of its columns.
#include "workbook/detail/formula_values.hpp"

namespace riskshare::workbook::detail {

namespace {

/// The innermost brackets of a reference, and whether a colon joins two of them: [[#This Row],[Plan]:[Actual]].
struct specifiers {
    std::vector<std::string> said;
    bool joined = false;
};

specifiers specifiers_of(std::string_view text) {
    specifiers out;
    std::string now;
    bool inner = text.size() > 1 && text[1] != '[';
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\'' && i + 1 < text.size()) {
            now += text[++i];
        } else if (c == '[') {
            inner = true;
        } else if (c == ']') {
            if (inner) out.said.push_back(std::move(now));
            now.clear();
            inner = false;
        } else if (inner) {
            now += c;
        } else if (c == ':') {
            out.joined = true;
        }
    }
    if (out.said.size() == 1 && out.said.front().empty()) out.said.clear();
    return out;
}

std::uint32_t column_of(const table& t, const std::string& name) {
    for (std::size_t i = 0; i < t.columns.size(); ++i)
        if (folded_text(t.columns[i]) == folded_text(name)) return t.where.first.column + static_cast<std::uint32_t>(i);
    throw not_evaluated{};
}

} // namespace

range cells_of_table(std::string_view reference, const table& t, address here) {
    const specifiers s = specifiers_of(reference.substr(reference.find('[')));
    range data = t.where;
    if (t.has_header) ++data.first.row;
    if (t.has_totals) --data.last.row;
    range out = data;
    std::vector<std::string> columns;
    bool rows_said = false;
    for (const std::string& word : s.said) {
        if (word.empty() || word.front() != '#') {
            columns.push_back(word);
            continue;
        }
        if (rows_said) throw not_evaluated{};
        rows_said = true;
        if (word == "#All") {
            out = t.where;
        } else if (word == "#Headers" && t.has_header) {
            out.first.row = out.last.row = t.where.first.row;
        } else if (word == "#Totals" && t.has_totals) {
            out.first.row = out.last.row = t.where.last.row;
        } else if (word == "#This Row" && here.row >= data.first.row && here.row <= data.last.row) {
            out.first.row = out.last.row = here.row;
        } else if (word != "#Data") {
            throw not_evaluated{};
        }
    }
    if (columns.size() > 2 || (columns.size() == 2) != s.joined) throw not_evaluated{};
    if (!columns.empty()) {
        out.first.column = column_of(t, columns.front());
        out.last.column = column_of(t, columns.back());
    }
    if (out.last.row < out.first.row || out.last.column < out.first.column) throw not_evaluated{};
    return out;
}

} // namespace riskshare::workbook::detail
