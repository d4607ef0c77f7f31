// Puts a pack into a workbook that the team has: by names, and by tables with the headings of the pack's.
#include <riskshare/report/pack_workbook.hpp>

#include "report/pack/safe_text.hpp"
#include "report/pack/template_headings.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::report {

namespace {

using workbook::address;

/// The unit that the end of a name says: "Savings_UHL_Red_000"; pounds where it says none.
unit unit_of_name(std::string& name) {
    static constexpr std::pair<const char*, unit> ends[] = {{"thousands", unit::thousands},
                                                            {"000", unit::thousands},
                                                            {"millions", unit::millions},
                                                            {"pounds", unit::pounds}};
    for (const auto& end : ends) {
        const std::string tail = end.first;
        if (name.size() <= tail.size() || name.compare(name.size() - tail.size(), tail.size(), tail) != 0) continue;
        name.erase(name.size() - tail.size());
        return end.second;
    }
    return unit::pounds;
}

std::optional<decimal> in_unit(const pack_figure& f, unit u) {
    if (!f.amount) return std::nullopt;
    const exact e = f.of == pack_quantity::money ? *f.amount : *f.amount * ratio(1);
    for (int places = 0; places <= 12; ++places) {
        if (abs(e) > exact(money::pounds(1'000'000'000)) && places > 6) break;
        const decimal d =
            rounded(e, f.of == pack_quantity::money ? u : unit::pounds, places, rounding::half_away_from_zero);
        if (places == 12 || exact(d, f.of == pack_quantity::money ? u : unit::pounds) == e) return d.normalised();
    }
    return rounded(e, f.of == pack_quantity::money ? u : unit::pounds, 6, rounding::half_away_from_zero).normalised();
}

class template_filler {
public:
    template_filler(const pack& p, const workbook::book& b) : pack_(p), book_(b) {}
    template_filling filled() {
        names();
        for (const std::string& name : book_.sheet_names()) tables(name);
        return std::move(out_);
    }

private:
    void names();
    /// A table of the workbook and the one of the pack that it shows: which column is which.
    struct match {
        const pack_table* table = nullptr;
        bool of_position = false; ///< whose lines are income and expenditure
        std::uint32_t label_column = 0;
        std::map<std::uint32_t, std::size_t> columns = {};
    };
    void tables(const std::string& sheet_name);
    match best_match(const workbook::sheet&, std::uint32_t row) const;
    void put_under(const workbook::sheet&, std::uint32_t heading_row, address, const match&, const pack_row&,
                   pack_figure);
    void not_filled(const workbook::sheet&, address, const std::string& why);
    void table(const workbook::sheet&, std::uint32_t heading_row, const match&);
    void put(const workbook::sheet&, address, const pack_figure&, unit);
    std::map<std::string, figure_id> figures_by_name() const;
    std::optional<unit> unit_above(const workbook::sheet&, std::uint32_t row, std::uint32_t column) const;

    const pack& pack_;
    const workbook::book& book_;
    template_filling out_;
    std::set<std::pair<std::string, address>> taken_;
};

std::map<std::string, figure_id> template_filler::figures_by_name() const {
    std::map<std::string, figure_id> all;
    std::set<std::string> twice;
    for (const pack_section& s : pack_.sections)
        for (const pack_table& t : s.tables)
            for (const pack_row& row : t.rows)
                for (std::size_t c = 1; c < row.cells.size() && c < t.headings.size(); ++c) {
                    if (!row.cells[c].figure) continue;
                    for (const std::string& heading : {compacted(t.headings[c]), plain_heading(t.headings[c])}) {
                        const std::string key = compacted(s.id) + compacted(row.cells[0].text) + heading;
                        const auto there = all.emplace(key, *row.cells[c].figure);
                        if (!there.second && there.first->second != *row.cells[c].figure) twice.insert(key);
                    }
                }
    for (const std::string& key : twice) all.erase(key);
    return all;
}

void template_filler::put(const workbook::sheet& s, address at, const pack_figure& f, unit u) {
    const std::string where = "'" + s.name() + "'!" + to_string(at);
    if (!taken_.insert({s.name(), at}).second) return;
    const workbook::cell* there = s.find(at);
    if (there != nullptr && there->has_formula) {
        out_.not_filled.push_back(where + " holds a formula, which stays: " + f.name);
        return;
    }
    const std::optional<decimal> value = in_unit(f, u);
    if (!value) {
        out_.not_filled.push_back(where + ": " + f.name + (f.blank ? " is blank in the files" : " is unknown"));
        return;
    }
    out_.edits.push_back({s.name(), at, workbook::edit::what::number, to_string(*value)});
    out_.filled.push_back(where + ": " + f.name + (f.of == pack_quantity::money ? ", in " + to_string(u) : ""));
}

/// "Summary!$B$4" or "'Cover page'!$B$4"; nothing for a range or anything else.
std::optional<std::pair<std::string, address>> one_cell(const std::string& refers_to) {
    const std::size_t mark = refers_to.rfind('!');
    if (mark == std::string::npos) return std::nullopt;
    std::string sheet = refers_to.substr(0, mark), plain;
    if (sheet.size() > 1 && sheet.front() == '\'') sheet = sheet.substr(1, sheet.size() - 2);
    for (std::size_t i = 0; i < sheet.size(); ++i) {
        plain += sheet[i];
        if (sheet[i] == '\'' && i + 1 < sheet.size() && sheet[i + 1] == '\'') ++i;
    }
    const result<address> at = workbook::parse_address(refers_to.substr(mark + 1));
    if (!at) return std::nullopt;
    return std::pair{plain, *at};
}

void template_filler::names() {
    const std::map<std::string, figure_id> figures = figures_by_name();
    for (const workbook::defined_name& n : book_.defined_names()) {
        if (n.name.rfind("_xlnm", 0) == 0) continue;
        const auto cell = one_cell(n.refers_to);
        if (!cell || !book_.has(cell->first)) continue;
        const workbook::sheet s = book_.read(cell->first);
        std::string key = compacted(n.name);
        for (std::size_t i = 0; i < pack_.headline.size(); ++i)
            if (key == "headline" + std::to_string(i + 1) || key == compacted(pack_.headline[i].topic)) {
                taken_.insert({s.name(), cell->second});
                out_.edits.push_back(
                    {s.name(), cell->second, workbook::edit::what::text, harmless_line(pack_.headline[i].text, 1'000)});
                out_.filled.push_back("'" + s.name() + "'!" + to_string(cell->second) + ": " + pack_.headline[i].topic);
                key.clear();
            }
        if (key.empty()) continue;
        unit u = unit::pounds;
        auto found = figures.find(key);
        if (found == figures.end()) {
            u = unit_of_name(key);
            found = figures.find(key);
        }
        if (found == figures.end())
            out_.not_filled.push_back("the name " + n.name + ": the pack has no figure of that name");
        else
            put(s, cell->second, pack_.figures[found->second], u);
    }
}

/// The unit that the heading names, else the one line above it that names one alone.
std::optional<unit> template_filler::unit_above(const workbook::sheet& s, std::uint32_t row,
                                                std::uint32_t column) const {
    if (const workbook::cell* c = s.find({row, column}))
        if (const std::vector<unit> units = units_in(c->text); units.size() == 1) return units.front();
    for (std::uint32_t up = row; up > 0 && row - up <= 4; --up) {
        std::vector<unit> found;
        for (const workbook::cell& c : s.row(up))
            for (unit u : units_in(c.text))
                if (std::find(found.begin(), found.end(), u) == found.end()) found.push_back(u);
        if (found.size() == 1) return found.front();
        if (found.size() > 1) return std::nullopt;
    }
    return std::nullopt;
}

std::size_t rows_met(const workbook::sheet& s, std::uint32_t heading_row, std::uint32_t label_column,
                     const pack_table& t) {
    std::size_t met = 0;
    for (std::uint32_t row = heading_row + 1; row <= std::min(s.used().last.row, heading_row + 60); ++row)
        if (const workbook::cell* label = s.find({row, label_column}); label != nullptr && !label->text.empty())
            met += row_meant(t, std::string(label->text)) != nullptr ? 1 : 0;
    return met;
}

/// The pack's table that has most of these headings and labels.
template_filler::match template_filler::best_match(const workbook::sheet& s, std::uint32_t row) const {
    match best;
    std::size_t most = 0;
    const auto cells = s.row(row);
    for (const pack_section& section : pack_.sections)
        for (const pack_table& t : section.tables) {
            match m{&t, section.id == "position", cells.front().at.column, {}};
            for (const workbook::cell& c : cells)
                if (const auto column = column_meant(t, std::string(c.text))) m.columns[c.at.column] = *column;
            if (m.columns.size() < 2) continue;
            // Where no heading stands over the labels, they are left of the first figure.
            if (const std::uint32_t first = m.columns.begin()->first; first == m.label_column)
                m.label_column = first > 1 ? first - 1 : first;
            const std::size_t score = m.columns.size() * rows_met(s, row, m.label_column, t);
            if (score > most) most = score, best = std::move(m);
        }
    return best;
}

void template_filler::tables(const std::string& sheet_name) {
    workbook::sheet s = book_.read(sheet_name);
    const std::uint32_t last = s.used().last.row;
    for (std::uint32_t row = s.used().first.row; row <= last; ++row) {
        const auto cells = s.row(row);
        if (cells.size() < 3) continue;
        const match best = best_match(s, row);
        std::size_t headings = 0;
        for (const workbook::cell& c : cells) {
            const std::string heading(c.text);
            if (heading.empty()) continue;
            headings += heads_figures(heading) ? 1 : 0;
            if (best.table != nullptr && c.at.column > best.label_column && best.columns.count(c.at.column) == 0)
                not_filled(s, c.at,
                           "the pack's table \"" + best.table->caption + "\" has no one column \"" +
                               harmless_line(heading, 60) + "\"");
        }
        if (best.table != nullptr)
            table(s, row, best);
        else if (headings >= 2)
            not_filled(s, cells.front().at, "no table of the pack has these headings and rows");
    }
}

void template_filler::not_filled(const workbook::sheet& s, address at, const std::string& why) {
    out_.not_filled.push_back("'" + s.name() + "'!" + to_string(at) + ": " + why);
}

/// The figure as this column of the team's writes it, or why it cannot be written there.
void template_filler::put_under(const workbook::sheet& s, std::uint32_t heading_row, address at, const match& m,
                                const pack_row& row, pack_figure f) {
    const std::optional<unit> u = unit_above(s, heading_row, at.column);
    if (f.of == pack_quantity::money && !u)
        return not_filled(s, at, "no unit is named above it, so that " + f.name + " was not written");
    const workbook::cell* heading = s.find({heading_row, at.column});
    if (heading != nullptr && heads_variance(std::string(heading->text))) {
        const variance_written how = variance_under(std::string(heading->text), m.table->spending);
        if (how == variance_written::unsaid)
            return not_filled(s, at,
                              "its heading does not say whether an overspend is positive (\"Variance fav/(adv)\"), so "
                              "that " +
                                  f.name + " was not written");
        if (how == variance_written::turned && f.amount) f.amount = -*f.amount;
    } else if (m.of_position && !row.total && f.amount) {
        const workbook::cell* there = s.find(at);
        const bool positive = there != nullptr && !there->has_formula && there->kind == workbook::cell_kind::number &&
                              there->text.rfind('-', 0) != 0 && there->text != "0";
        if (positive && f.amount->is_negative())
            return not_filled(s, at,
                              "it holds a positive figure, and " + f.name +
                                  " is negative here: whether spending is written positive is not known");
    }
    put(s, at, f, u.value_or(unit::pounds));
}

void template_filler::table(const workbook::sheet& s, std::uint32_t heading_row, const match& m) {
    const pack_table& t = *m.table;
    const std::uint32_t last = std::min(s.used().last.row, heading_row + 400);
    std::set<std::string> met;
    for (std::uint32_t row = heading_row + 1; row <= last; ++row) {
        const workbook::cell* label = s.find({row, m.label_column});
        if (label == nullptr || label->text.empty()) {
            if (!met.empty()) break;
            continue;
        }
        const pack_row* found = row_meant(t, std::string(label->text));
        if (found == nullptr) {
            not_filled(s, label->at,
                       "the pack's table \"" + t.caption + "\" has no row \"" +
                           harmless_line(std::string(label->text), 60) + "\"");
            continue;
        }
        met.insert(compacted(found->cells[0].text));
        for (const auto& column : m.columns)
            if (column.second < found->cells.size() && found->cells[column.second].figure)
                put_under(s, heading_row, {row, column.first}, m, *found,
                          pack_.figures[*found->cells[column.second].figure]);
    }
    for (const pack_row& r : t.rows)
        if (met.count(compacted(r.cells[0].text)) == 0 && !met.empty())
            out_.not_filled.push_back("'" + s.name() + "': the table has no row for \"" +
                                      harmless_line(r.cells[0].text, 60) + "\"");
}

} // namespace

template_filling filling_of(const pack& p, const workbook::book& b) { return template_filler(p, b).filled(); }

} // namespace riskshare::report
