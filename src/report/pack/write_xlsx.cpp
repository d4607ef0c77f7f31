// The pack as a workbook: inputs, formulas over them, charts, where each figure comes from.
#include "report/pack/safe_text.hpp"
#include "report/pack/workbook_writer.hpp"

#include <algorithm>

namespace riskshare::report {

using workbook::address;

/// Fifteen digits are what a spreadsheet keeps. Nothing for an amount that is too large for it.
std::optional<decimal> in_fifteen_digits(const exact& e) {
    if (abs(e) < exact(money::pounds(INT64_C(10'000'000'000'000))))
        if (const money pence = rounded(e, rounding::down); exact(pence) == e)
            return decimal(pence.pence(), -2).normalised();
    for (int places = 15; places >= 0; --places) {
        const exact most = exact(money::pounds(1)) * ratio(INT64_C(1'000'000'000'000'000));
        exact scaled = abs(e);
        for (int i = 0; i < places; ++i) scaled = scaled * ratio(10);
        if (!(scaled < most)) continue;
        return rounded(e, unit::pounds, places, rounding::half_away_from_zero).normalised();
    }
    return std::nullopt;
}

std::string sheet_reference(const std::string& name) { return "'" + name + "'!"; }

std::string absolute(address a) { return "$" + column_letters(a.column) + "$" + std::to_string(a.row); }

namespace {

std::uint32_t rows_of(const pack_table& t) {
    return static_cast<std::uint32_t>(t.rows.size() + t.notes.size() + 3); // caption, headings, a blank line
}

} // namespace

std::uint32_t workbook_writer::body_of(const pack_section& s, std::size_t table) const {
    std::uint32_t row = first_row + static_cast<std::uint32_t>(s.words.size());
    for (std::size_t i = 0; i < table; ++i) row += rows_of(s.tables[i]);
    return row + 2;
}

void workbook_writer::place() {
    for (const pack_section& s : pack_.sections)
        for (std::size_t t = 0; t < s.tables.size(); ++t) {
            std::uint32_t row = body_of(s, t);
            for (const pack_row& r : s.tables[t].rows) {
                for (std::size_t c = 0; c < r.cells.size(); ++c)
                    if (r.cells[c].figure && !homes_[*r.cells[c].figure])
                        homes_[*r.cells[c].figure] = figure_home{s.name, {row, static_cast<std::uint32_t>(c + 1)}};
                ++row;
            }
        }
}

void workbook_writer::place_workings() {
    std::vector<figure_id> todo;
    for (figure_id id = 0; id < pack_.figures.size(); ++id)
        if (homes_[id]) todo.push_back(id);
    for (const pack_sentence& s : pack_.headline) todo.insert(todo.end(), s.figures.begin(), s.figures.end());
    for (std::size_t i = 0; i < todo.size(); ++i) {
        if (!homes_[todo[i]]) {
            homes_[todo[i]] = figure_home{"Workings", {static_cast<std::uint32_t>(apart_.size()) + first_row + 1, 2}};
            apart_.push_back(todo[i]);
        }
        const pack_figure& f = pack_.figures[todo[i]];
        if (!f.formula.empty())
            for (figure_id from : f.from)
                if (!homes_[from]) todo.push_back(from);
    }
}

std::string workbook_writer::reference(figure_id id, const std::string& sheet) const {
    const figure_home& h = *homes_[id];
    return (h.sheet == sheet ? "" : sheet_reference(h.sheet)) + to_string(h.at);
}

/// Cells below or beside each other are one range.
std::string workbook_writer::added(const std::vector<figure_id>& parts, const std::string& sheet) const {
    std::string out;
    for (std::size_t i = 0; i < parts.size();) {
        std::size_t last = i;
        const figure_home& first = *homes_[parts[i]];
        for (const bool down : {true, false}) {
            std::size_t k = i;
            while (k + 1 < parts.size() && homes_[parts[k + 1]]->sheet == first.sheet &&
                   homes_[parts[k + 1]]->at ==
                       address{homes_[parts[k]]->at.row + (down ? 1 : 0), homes_[parts[k]]->at.column + (down ? 0 : 1)})
                ++k;
            if (k > last) last = k;
            if (last > i) break;
        }
        out += (out.empty() ? "" : ",") + reference(parts[i], sheet) +
               (last > i ? ":" + to_string(homes_[parts[last]]->at) : "");
        i = last + 1;
    }
    return "SUM(" + out + ")";
}

std::string workbook_writer::formula(const pack_figure& f, const std::string& sheet) const {
    if (f.formula == "+") return added(f.from, sheet);
    std::string out;
    for (std::size_t i = 0; i < f.formula.size(); ++i) {
        if (f.formula[i] != '{') {
            out += f.formula[i];
            continue;
        }
        const std::size_t end = f.formula.find('}', i);
        out += reference(f.from[static_cast<std::size_t>(std::stoul(f.formula.substr(i + 1, end - i - 1)))], sheet);
        i = end;
    }
    return out;
}

void workbook_writer::figure(figure_id id, address at, bool strong, const std::string& sheet) {
    const pack_figure& f = pack_.figures[id];
    const bool share = f.of == pack_quantity::share, input = f.read && f.formula.empty() && f.over_list.empty();
    const bool pence = f.of == pack_quantity::money && f.amount &&
                       exact(rounded(*f.amount, money::pounds(1), rounding::down)) != *f.amount;
    const look how = share && input ? look::entry_percent
                     : share        ? look::percent
                     : input        ? (pence ? look::entry : look::entry_whole)
                     : strong       ? (pence ? look::strong_amount : look::strong_whole)
                                    : (pence ? look::amount : look::whole);
    if (f.blank) return book_.blank(at, look::entry_whole);
    const std::optional<decimal> value = f.amount ? in_fifteen_digits(*f.amount) : std::nullopt;
    if (!value) return book_.text(at, f.amount ? to_string(*f.amount) : "unknown", look::plain);
    const bool second = homes_[id]->sheet != sheet || homes_[id]->at != at;
    const std::string words = second                 ? reference(id, sheet)
                              : !f.over_list.empty() ? over_list(f.over_list, 0, sheet)
                              : !f.formula.empty()   ? formula(f, sheet)
                                                     : "";
    if (words.empty() || words.size() > 8'000)
        book_.number(at, *value, how);
    else
        book_.formula(at, words, *value, how);
}

std::uint32_t workbook_writer::table(const pack_table& t, std::uint32_t row) {
    book_.text({row, 1}, harmless_line(t.caption) + ", in pounds", look::strong);
    ++row;
    for (std::size_t c = 0; c < t.headings.size(); ++c)
        book_.text({row, static_cast<std::uint32_t>(c + 1)}, harmless_line(t.headings[c]), look::heading);
    return row + 1;
}

void workbook_writer::section(const pack_section& s) {
    book_.sheet(s.name);
    book_.widths(1, 1, 44);
    book_.widths(2, 14, 16);
    book_.text({1, 1}, harmless_line(s.title, 400), look::title);
    std::uint32_t row = first_row;
    for (const std::string& w : s.words) book_.text({row++, 1}, harmless_line(w, 1'000), look::remark);
    for (const pack_table& t : s.tables) {
        row = table(t, row);
        for (const pack_row& r : t.rows) {
            for (std::size_t c = 0; c < r.cells.size(); ++c) {
                const address at{row, static_cast<std::uint32_t>(c + 1)};
                if (r.cells[c].figure)
                    figure(*r.cells[c].figure, at, r.total, s.name);
                else if (!r.cells[c].text.empty())
                    book_.text(at, harmless_line(r.cells[c].text), r.total ? look::strong : look::plain);
            }
            ++row;
        }
        for (const std::string& n : t.notes) book_.text({row++, 1}, harmless_line(n, 600), look::remark);
        ++row;
    }
    row += 1;
    bool helped = false;
    for (const pack_chart& c : s.charts) {
        chart(s, c, row);
        helped = helped || c.as == pack_chart::shape::bridge;
        row += 22;
    }
    if (helped) book_.print_columns(row, 5);
}

workbook::package workbook_writer::made() {
    place();
    place_workings();
    summary();
    for (const pack_section& s : pack_.sections) section(s);
    workings();
    list();
    sources();
    findings();
    names();
    return book_.made();
}

workbook::package pack_workbook(const pack& p) { return workbook_writer(p).made(); }

} // namespace riskshare::report
