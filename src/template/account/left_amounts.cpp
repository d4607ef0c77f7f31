// Says of every amount that was not read why it was left.
#include "template/account/left_amounts.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/template/account.hpp>
#include <riskshare/template/layout.hpp>

#include <algorithm>
#include <map>

namespace riskshare::templates {

namespace detail {

namespace {

using workbook::cell;
using workbook::cell_kind;

constexpr const char* formula_lacks_result = "in formulas without a result, in or beside a table";
constexpr const char* in_a_table = "in rows of a table that were not read";
constexpr const char* without_heading = "in columns without a heading";
constexpr const char* in_another_column = "in columns that were not read";

class leaving {
public:
    leaving(sheet_states& s, const std::vector<finding>& findings, const char* nothing_found, bool each_cell,
            account& out)
        : s_(s), nothing_found_(nothing_found), each_cell_(each_cell), out_(out) {
        for (const finding& f : findings)
            for (const provenance& at : f.at) {
                if (at.sheet() != s.place().sheet() || at.file() != s.place().file()) continue;
                if (at.row() != 0) at_cell_.emplace(std::pair(at.row(), at.column()), &f);
                if (at.row() != 0 && f.severity != severity::note) in_row_.emplace(at.row(), &f);
                if (f.severity == severity::error && of_sheet_ == nullptr) of_sheet_ = &f;
            }
    }

    void run() {
        for (std::size_t i = 0; i < s_.size(); ++i) {
            const cell& c = s_.cell(i);
            if (s_.state(i) || (c.kind == cell_kind::blank && !c.has_formula)) continue;
            s_.set(i, cell_state::left);
            const reason why = reason_of(c);
            group(why.kind);
            if (each_cell_)
                out_.each.push_back(
                    {s_.place().at(c.at.row, c.at.column), cell_state::left, std::string(c.text), why.sentence});
            if (out_.left_amounts.size() < account::most_listed)
                out_.left_amounts.push_back({s_.place().at(c.at.row, c.at.column), std::string(c.text), why.sentence,
                                             why.kind == in_a_table || why.kind == formula_lacks_result,
                                             why.kind == without_heading, why.kind == in_another_column});
        }
        std::stable_sort(groups_.begin(), groups_.end(),
                         [](const left_group& a, const left_group& b) { return a.amounts > b.amounts; });
        out_.left_by_sheet.insert(out_.left_by_sheet.end(), groups_.begin(), groups_.end());
    }

private:
    struct reason {
        std::string kind, sentence;
    };

    reason reason_of(const cell& c) const {
        if (const auto f = at_cell_.find({c.at.row, c.at.column}); f != at_cell_.end())
            return {"named in the findings", f->second->message};
        if (c.kind == cell_kind::blank)
            return {beside_figures(c) ? formula_lacks_result : "in formulas without a result",
                    "the formula has no stored result and could not be worked out"};
        if (c.kind == cell_kind::error)
            return {"in cells that hold an error", "the cell holds the error " + std::string(c.text)};
        if (!s_.any_read()) {
            if (of_sheet_ != nullptr) return {"on a sheet that was refused", of_sheet_->message};
            return {nothing_found_, nothing_found_};
        }
        if (const auto f = in_row_.find(c.at.row); f != in_row_.end())
            return {"in rows named in the findings", f->second->message};
        const bool row = s_.reads_row(c.at.row), column = s_.reads_column(c.at.column);
        const std::string label = label_of(c.at.row);
        if (!row && column) {
            const std::string what = "the row" + (label.empty() ? "" : " \"" + label + "\"") + " was not read";
            return {inside_a_table(c, label) ? in_a_table : "in rows that were not read", what};
        }
        if (row && !column && is_unheaded(c.at))
            return {without_heading, "column " + column_letters(c.at.column) + " has no heading"};
        if (row && !column) return {in_another_column, "column " + column_letters(c.at.column) + " was not read"};
        return {"outside the tables that were read", "it stands outside the tables that were read"};
    }

    bool beside_figures(const cell& c) const { return s_.reads_row(c.at.row) || s_.reads_column(c.at.column); }

    /// A typed amount in a row among those of a table, in a column of which the table reads most rows; what calls
    /// itself a total, or a part of another row, is not expected to be read.
    bool inside_a_table(const cell& c, const std::string& label) const {
        if (c.has_formula || c.kind != cell_kind::number || c.text == "0" || label.empty()) return false;
        const std::string words = riskshare::detail::folded(label);
        if (names_a_total(label)) return false;
        for (const char* part : {"of which", "memo", "less", "note", "source", "check", "weight"})
            if (words.rfind(part, 0) == 0) return false;
        return std::any_of(s_.tables().begin(), s_.tables().end(), [&](const auto& named) {
            // Trackers name the rows that they left themselves; control totals list groups above their bodies.
            if (named.first == "schemes" || named.first == "control totals") return false;
            const table_extent& t = named.second;
            const auto column = t.columns.find(c.at.column);
            if (column == t.columns.end() || t.rows.size() < 2 || t.columns.size() > t.rows.size()) return false;
            const std::uint32_t first = t.rows.begin()->first, last = t.rows.rbegin()->first;
            return first < c.at.row && c.at.row < last && last - first < 2 * t.rows.size() &&
                   2 * column->second > t.rows.size();
        });
    }

    /// A column among those of a table, or next to the last, with amounts in most of its rows and no text above them.
    bool is_unheaded(workbook::address at) const {
        const auto [known, fresh] = unheaded_.try_emplace(at.column, false);
        if (fresh)
            known->second = std::any_of(s_.tables().begin(), s_.tables().end(),
                                        [&](const auto& named) { return lacks_heading(named.second, at.column); });
        return known->second;
    }

    bool lacks_heading(const table_extent& t, std::uint32_t column) const {
        constexpr std::uint32_t heading_rows = 6;
        const std::uint32_t first = t.rows.begin()->first;
        if (column + 1 < t.columns.begin()->first || column > t.columns.rbegin()->first + 1) return false;
        std::size_t amounts = 0;
        for (const auto& row : t.rows)
            if (const auto i = s_.find({row.first, column})) amounts += s_.cell(*i).kind == cell_kind::number;
        if (amounts < 2 || 2 * amounts < t.rows.size()) return false;
        for (std::uint32_t row = first > heading_rows ? first - heading_rows : 1; row < first; ++row) {
            const auto i = s_.find({row, column});
            const bool heads = i && (s_.cell(*i).kind != cell_kind::text || !parse_unit(s_.cell(*i).text));
            if (heads && !s_.heads_a_group(*i)) return false;
            // A heading merged over several columns is that of a group; each of them has its own below.
            for (const workbook::range& m : s_.source().merged())
                if (m.first.row <= row && row <= m.last.row && m.first.column == column && column == m.last.column)
                    return false;
        }
        return true;
    }

    std::string label_of(std::uint32_t row) const {
        for (const cell& c : s_.source().row(row))
            if (c.kind == cell_kind::text) return riskshare::detail::plain(c.text);
        return "";
    }

    void group(const std::string& why) {
        for (left_group& g : groups_)
            if (g.why == why) {
                ++g.amounts;
                return;
            }
        groups_.push_back({s_.place(), why, 1});
    }

    sheet_states& s_;
    const char* nothing_found_;
    bool each_cell_;
    account& out_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, const finding*> at_cell_;
    std::map<std::uint32_t, const finding*> in_row_;
    const finding* of_sheet_ = nullptr;
    mutable std::map<std::uint32_t, bool> unheaded_; ///< by column
    std::vector<left_group> groups_;
};

} // namespace

void set_left(sheet_states& s, const std::vector<finding>& findings, const char* nothing_found, bool each_cell,
              account& out) {
    leaving(s, findings, nothing_found, each_cell, out).run();
}

} // namespace detail

namespace {

/// One finding for each sheet.
void name_cells(std::vector<finding>& out, const char* rule, const char* advice,
                const std::vector<const left_amount*>& cells) {
    for (const left_amount* l : cells) {
        if (out.empty() || out.back().rule != rule || out.back().at.front().sheet() != l->at.sheet() ||
            out.back().at.front().file() != l->at.file())
            out.push_back({rule, severity::error, "", {}, advice});
        out.back().at.push_back(l->at);
    }
}

} // namespace

std::vector<finding> rows_left(const account& a) {
    std::vector<const left_amount*> in_rows, without_a_result;
    for (const left_amount& l : a.left_amounts)
        if (l.in_table) (l.amount.empty() ? without_a_result : in_rows).push_back(&l);
    std::vector<finding> out;
    name_cells(out, "account.row_left",
               "say what the row is: give it what the rows beside it have, or take it out of the table", in_rows);
    name_cells(out, "cell.not_calculated", "open the workbook in a spreadsheet program, let it calculate, and save it",
               without_a_result);
    for (finding& f : out) {
        const bool one = f.at.size() == 1;
        const std::string n = std::to_string(f.at.size());
        f.message = f.rule == "account.row_left"
                        ? n + (one ? " amount stands" : " amounts stand") +
                              " between the rows of a table and could not be read: the answer lacks " +
                              (one ? "it" : "them")
                        : n + (one ? " formula" : " formulas") +
                              " without a stored result could not be worked out: the answer lacks " +
                              (one ? "its figure" : "their figures");
    }
    return out;
}

std::vector<finding> columns_left(const account& a) {
    std::vector<finding> out;
    for (const left_amount& l : a.left_amounts) {
        if (!l.unheaded) continue;
        const auto same = std::find_if(out.begin(), out.end(), [&](const finding& f) {
            const provenance& at = f.at.front();
            return at.sheet() == l.at.sheet() && at.file() == l.at.file() && at.column() == l.at.column();
        });
        if (same != out.end())
            same->at.push_back(l.at);
        else
            out.push_back({"account.column_left",
                           severity::warning,
                           "",
                           {l.at},
                           "write above the column what its amounts are, or take it out of the table"});
    }
    for (finding& f : out)
        f.message = std::to_string(f.at.size()) + (f.at.size() == 1 ? " amount stands" : " amounts stand") +
                    " in column " + column_letters(f.at.front().column()) +
                    " of a table, and nothing heads the column: the answer lacks " + (f.at.size() == 1 ? "it" : "them");
    return out;
}

std::vector<finding> mapped_columns_left(const account& a, const mapping& map) {
    std::vector<finding> out;
    for (const auto& [section, table] : map.tables)
        for (const auto& [field, column] : table.columns) {
            finding f{"mapping.column_not_used", severity::error, "", {}, ""};
            for (const left_amount& l : a.left_amounts)
                if (l.in_other_column && l.at.sheet() == table.sheet && l.at.column() == column) f.at.push_back(l.at);
            if (f.at.empty()) continue;
            f.message = "the mapping gives column " + column_letters(column) + " as " + field + " of [" + section +
                        "], and the table that was read takes no such column: the answer lacks its " +
                        std::to_string(f.at.size()) + (f.at.size() == 1 ? " amount" : " amounts");
            f.advice = "take the column out of the mapping, or give it the field that it is (riskshare help mapping)";
            out.push_back(std::move(f));
        }
    return out;
}

} // namespace riskshare::templates
