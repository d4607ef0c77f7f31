// Says which columns of the tables that were read hold amounts and were not read themselves.
#include "template/account/beside_tables.hpp"

#include "template/region.hpp"
#include "template/table_parts.hpp"
#include "template/words/vocabulary.hpp"

#include <riskshare/template/layout.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace riskshare::templates {

namespace {

using words::term;

/// One column of a sheet: what heads it, and the amounts in it that were left.
struct column_left {
    std::string heading;
    provenance heading_at;
    std::vector<provenance> amounts;
};

class sheet_columns {
public:
    sheet_columns(const grid& g, const std::vector<finding>& known)
        : grid_(g), year_(detail::year_of_titles(g)), known_(known) {}

    void take(const left_amount& l) {
        if (l.amount.find_first_of("123456789") == std::string::npos) return; // nil: nothing is lacking
        column_left& column = columns_[l.at.column()];
        if (column.amounts.empty()) find_heading(column, l.at);
        column.amounts.push_back(l.at);
    }

    void say(std::vector<finding>& out) const {
        finding f{"account.column_not_read", severity::warning, "", {}, ""};
        std::string names;
        std::size_t count = 0, amounts = 0;
        for (const auto& [number, column] : columns_) {
            if (may_be_left(column)) continue;
            amounts += column.amounts.size();
            f.at.push_back(column.heading_at);
            if (++count <= most_named) names += (names.empty() ? "\"" : ", \"") + column.heading + "\"";
        }
        if (count == 0) return;
        if (count > most_named) names += " and " + std::to_string(count - most_named) + " more";
        f.message = std::string(count == 1 ? "the column " : "the columns ") + names + " of a table " +
                    (count == 1 ? "was" : "were") + " not read: the answer lacks " + (count == 1 ? "its " : "their ") +
                    std::to_string(amounts) + (amounts == 1 ? " amount" : " amounts");
        f.advice = "if the answer should hold them, head them as what they are, or place them in a mapping (--map; "
                   "riskshare help mapping lists the fields)";
        out.push_back(std::move(f));
    }

private:
    void find_heading(column_left& column, const provenance& at) const {
        constexpr std::uint32_t far_enough = 60;
        const std::uint32_t lowest = at.row() > far_enough ? at.row() - far_enough : 1;
        for (std::uint32_t row = at.row(); row-- > lowest && column.heading.empty();) {
            if (grid_.is_number(row, at.column()) || parse_unit(grid_.heading(row, at.column()))) continue;
            column.heading = grid_.heading(row, at.column());
            column.heading_at = grid_.at(row, at.column());
        }
    }

    /// What an answer does not lack, or what was said already.
    bool may_be_left(const column_left& column) const {
        if (column.heading.empty() || detail::counts_or_shares(column.heading) ||
            detail::names_earlier_year(column.heading, year_))
            return true;
        if (words::everyday_words()
                .terms_in(column.heading)
                .has_any({term::prior_year, term::other_measure, term::of_which, term::about_workforce, term::total,
                          term::sub_total, term::reference}))
            return true;
        return std::any_of(known_.begin(), known_.end(), [&](const finding& f) {
            return std::find(f.at.begin(), f.at.end(), column.heading_at) != f.at.end();
        });
    }

    static constexpr std::size_t most_named = 6;
    const grid& grid_;
    std::optional<financial_year> year_;
    const std::vector<finding>& known_;
    std::map<std::uint32_t, column_left> columns_;
};

} // namespace

std::vector<finding> headed_columns_left(const account& a, const workbook::book& book,
                                         const std::vector<finding>& known) {
    std::vector<finding> out;
    std::map<std::string, std::vector<const left_amount*>> by_sheet;
    for (const left_amount& l : a.left_amounts)
        if (l.in_other_column && l.at.file() == book.source().name()) by_sheet[l.at.sheet()].push_back(&l);
    for (const auto& [name, amounts] : by_sheet) {
        const grid g(book.read(name), book.source().name());
        sheet_columns columns(g, known);
        for (const left_amount* l : amounts) columns.take(*l);
        columns.say(out);
    }
    return out;
}

} // namespace riskshare::templates
