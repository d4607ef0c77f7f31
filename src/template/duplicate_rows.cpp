// Lines that stand in a table twice. Where labels come again and again with other amounts, as in a list of loans or
// payments, a row is an entry and not a line, and two equal ones are no news.
#include "template/detail/table_check.hpp"

#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <map>

namespace riskshare::templates::detail {

namespace {

class row_finder_of_twins {
public:
    row_finder_of_twins(const number_table& t, const workbook::sheet& in, const std::vector<bool>& added)
        : table_(t), in_(in), added_(added) {}

    /// Pairs of rows of the table, the earlier one second.
    std::vector<std::pair<std::size_t, std::size_t>> find() const {
        std::vector<std::pair<std::size_t, std::size_t>> twins;
        std::map<std::string, std::size_t> whole, labels;
        std::size_t section = 0, others = 0, lines = 0;
        for (std::size_t i = 0; i < table_.rows.size(); ++i) {
            const line& row = table_.rows[i];
            section += row.total || heading_before(i);
            if (row.total || !says_something(row.label)) continue;
            ++lines;
            const std::string label = std::to_string(section) + "|" + row.label;
            const bool label_known = !labels.emplace(label, i).second;
            const auto earlier = whole.emplace(label + "|" + content(i), i);
            if (earlier.second)
                others += label_known;
            else if (amounts(i) >= 2)
                twins.push_back({i, earlier.first->second});
        }
        constexpr std::size_t few = 10; // in a hundred
        if (others * 100 > lines * few) twins.clear();
        return twins;
    }

private:
    static bool says_something(const std::string& label) {
        return std::any_of(label.begin(), label.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        });
    }

    /// Whether a row of texts only stands between this row and the one before it: another part of the table begins.
    bool heading_before(std::size_t i) const {
        if (i == 0) return false;
        for (std::uint32_t row = table_.rows[i - 1].number + 1; row < table_.rows[i].number; ++row)
            for (const workbook::cell& c : in_.row(row))
                if (c.kind == workbook::cell_kind::text) return true;
        return false;
    }

    /// Every cell of the row, but for those that only number it.
    std::string content(std::size_t i) const {
        std::string out;
        for (const workbook::cell& c : in_.row(table_.rows[i].number)) {
            if (c.kind == workbook::cell_kind::blank || only_numbers_rows(c.at.column)) continue;
            out += std::to_string(c.at.column) + "=" + riskshare::detail::plain(c.text) + "|";
        }
        return out;
    }

    bool only_numbers_rows(std::uint32_t column) const {
        return std::any_of(table_.columns.begin(), table_.columns.end(),
                           [&](const line& c) { return c.number == column && c.doubtful && c.counts; });
    }

    /// Amounts in columns that are added up, or of which a unit is known.
    std::size_t amounts(std::size_t i) const {
        std::size_t n = 0;
        for (std::size_t j = 0; j < table_.columns.size(); ++j)
            n += added_[j] && !table_.columns[j].doubtful && table_.cells[i][j] && table_.cells[i][j]->micro != 0;
        return n;
    }

    const number_table& table_;
    const workbook::sheet& in_;
    const std::vector<bool>& added_;
};

} // namespace

void find_duplicate_rows(const number_table& t, const workbook::sheet& in, const provenance& sheet,
                         const std::vector<bool>& added, std::vector<finding>& out) {
    for (const auto& twins : row_finder_of_twins(t, in, added).find()) {
        const line &again = t.rows[twins.first], &before = t.rows[twins.second];
        const std::uint32_t column = t.columns.front().number;
        finding f{"check.duplicate_row",
                  severity::warning,
                  "row " + std::to_string(again.number) + " (" + again.label + ") repeats row " +
                      std::to_string(before.number) + ", label and amounts: it may be counted twice",
                  {sheet.at(again.number, column), sheet.at(before.number, column)}};
        f.advice = "delete one of the two, or tell them apart";
        f.looks_like = resemblance::double_counted_line;
        out.push_back(std::move(f));
    }
}

} // namespace riskshare::templates::detail
