// The pack as a workbook: inputs, formulas over them, charts, where each figure comes from.
#include <riskshare/report/pack_workbook.hpp>

#include "report/book_maker.hpp"
#include "report/pack/safe_text.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>

namespace riskshare::report {

namespace {

using workbook::address;

/// Where a figure stands.
struct home {
    std::string sheet;
    address at;
};

/// Fifteen digits are what a spreadsheet keeps. Nothing for an amount that is too large for it.
std::optional<decimal> stored(const exact& e) {
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

std::string fixed(address a) { return "$" + column_letters(a.column) + "$" + std::to_string(a.row); }

class workbook_writer {
public:
    explicit workbook_writer(const pack& p) : pack_(p), homes_(p.figures.size()) {}
    workbook::package made();

private:
    static constexpr std::uint32_t first_row = 3;
    void place();
    void place_workings();
    void summary();
    void section(const pack_section&);
    std::uint32_t table(const pack_table&, std::uint32_t row);
    void figure(figure_id, address, bool strong, const std::string& sheet);
    void chart(const pack_section&, const pack_chart&, std::uint32_t row);
    void bridge(const pack_section&, const pack_chart&, std::uint32_t row);
    void headings(std::initializer_list<const char*>);
    void workings();
    void sources();
    void findings();
    void names();
    std::string formula(const pack_figure&, const std::string& sheet) const;
    std::string reference(figure_id, const std::string& sheet) const;
    std::string added(const std::vector<figure_id>&, const std::string& sheet) const;
    /// The first row of a section's table that holds cells.
    std::uint32_t body_of(const pack_section&, std::size_t table) const;

    const pack& pack_;
    std::vector<std::optional<home>> homes_;
    std::vector<figure_id> apart_; ///< figures that no table shows and that others are made of
    book_maker book_;
};

std::uint32_t rows_of(const pack_table& t) {
    return static_cast<std::uint32_t>(t.rows.size() + t.notes.size() + 3); // caption, headings, a blank line
}

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
                        homes_[*r.cells[c].figure] = home{s.name, {row, static_cast<std::uint32_t>(c + 1)}};
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
            homes_[todo[i]] = home{"Workings", {static_cast<std::uint32_t>(apart_.size()) + first_row + 1, 2}};
            apart_.push_back(todo[i]);
        }
        const pack_figure& f = pack_.figures[todo[i]];
        if (!f.formula.empty())
            for (figure_id from : f.from)
                if (!homes_[from]) todo.push_back(from);
    }
}

std::string workbook_writer::reference(figure_id id, const std::string& sheet) const {
    const home& h = *homes_[id];
    return (h.sheet == sheet ? "" : sheet_reference(h.sheet)) + to_string(h.at);
}

/// Cells below or beside each other are one range.
std::string workbook_writer::added(const std::vector<figure_id>& parts, const std::string& sheet) const {
    std::string out;
    for (std::size_t i = 0; i < parts.size();) {
        std::size_t last = i;
        const home& first = *homes_[parts[i]];
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
    const bool share = f.of == pack_quantity::share, input = f.read && f.formula.empty();
    const bool pence = f.of == pack_quantity::money && f.amount &&
                       exact(rounded(*f.amount, money::pounds(1), rounding::down)) != *f.amount;
    const look how = share && input ? look::entry_percent
                     : share        ? look::percent
                     : input        ? (pence ? look::entry : look::entry_whole)
                     : strong       ? (pence ? look::strong_amount : look::strong_whole)
                                    : (pence ? look::amount : look::whole);
    if (f.blank) return book_.blank(at, look::entry_whole);
    const std::optional<decimal> value = f.amount ? stored(*f.amount) : std::nullopt;
    if (!value) return book_.text(at, f.amount ? to_string(*f.amount) : "unknown", look::plain);
    const bool second = homes_[id]->sheet != sheet || homes_[id]->at != at;
    const std::string words = second ? reference(id, sheet) : f.formula.empty() ? "" : formula(f, sheet);
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

/// Column of the chart's table in which a series stands; 0 where it does not.
std::uint32_t column_of_series(const pack_table& t, const pack_series& s) {
    for (const pack_row& row : t.rows)
        for (std::size_t c = 0; c < row.cells.size(); ++c)
            if (row.cells[c].figure && !s.figures.empty() && s.figures.front() == row.cells[c].figure)
                return static_cast<std::uint32_t>(c + 1);
    return 0;
}

void workbook_writer::chart(const pack_section& s, const pack_chart& c, std::uint32_t row) {
    if (c.table >= s.tables.size() || c.categories.empty()) return;
    if (c.as == pack_chart::shape::bridge) return bridge(s, c, row);
    const pack_table& t = s.tables[c.table];
    // The rows of the table that the chart draws: as many as it has categories, from the first that it shows.
    std::uint32_t first = body_of(s, c.table), across = 0;
    for (const pack_row& r : t.rows) {
        const bool shown = std::any_of(r.cells.begin(), r.cells.end(), [&](const pack_cell& cell) {
            return cell.figure && c.series.front().figures.front() == cell.figure;
        });
        if (shown) break;
        ++first;
    }
    if (c.as == pack_chart::shape::pairs) across = static_cast<std::uint32_t>(c.categories.size());
    const std::uint32_t last = first + static_cast<std::uint32_t>(c.categories.size()) - 1;
    const std::string on = "=" + sheet_reference(s.name);
    std::vector<chart_series> series;
    static constexpr std::uint32_t ratings_colours[] = {0xD5281B, 0xFFB81C, 0x007F3B, 0x768692};
    for (std::size_t i = 0; i < c.series.size(); ++i) {
        std::string values;
        if (across > 0) {
            const std::optional<home>& h = homes_[*c.series[i].figures.front()];
            values = on + fixed(h->at) + ":" + fixed({h->at.row, h->at.column + across - 1});
        } else {
            const std::uint32_t column = column_of_series(t, c.series[i]);
            if (column == 0) return;
            values = on + fixed({first, column}) + ":" + fixed({last, column});
        }
        chart_series one{harmless_line(c.series[i].name, 60), values};
        one.colour = c.as == pack_chart::shape::stacked ? ratings_colours[i % 4] : i == 0 ? 0x768692u : 0x005EB8u;
        one.hatched = c.as == pack_chart::shape::stacked && i % 4 == 0;
        series.push_back(std::move(one));
    }
    const std::string categories =
        across > 0 ? on + fixed({body_of(s, c.table) - 1, 2}) + ":" + fixed({body_of(s, c.table) - 1, across + 1})
                   : on + fixed({first, 1}) + ":" + fixed({last, 1});
    const chart_shape shape = c.as == pack_chart::shape::stacked ? chart_shape::stacked_columns
                              : c.as == pack_chart::shape::lines ? chart_shape::lines
                              : c.as == pack_chart::shape::pairs ? chart_shape::columns
                                                                 : chart_shape::bars;
    book_.chart(shape, {row, 1}, harmless_line(c.title, 200), categories, series);
}

/// A waterfall: what a bar stands on is there and not seen, on either side of nil.
void workbook_writer::bridge(const pack_section& s, const pack_chart& c, std::uint32_t row) {
    const std::uint32_t first = body_of(s, c.table), count = static_cast<std::uint32_t>(c.categories.size());
    static constexpr const char* titles[] = {"Stands at",    "Foot above nil", "Foot below nil", "Better, above",
                                             "Worse, above", "Better, below",  "Worse, below"};
    for (std::uint32_t k = 0; k < 7; ++k) book_.text({first - 1, 6 + k}, titles[k], look::remark);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t at = first + i;
        const std::string now = "C" + std::to_string(at), was = "C" + std::to_string(at - 1);
        const std::optional<exact> value = pack_.figures[*c.series[0].figures[i]].amount;
        const exact to = value.value_or(exact());
        const exact from = i == 0 ? exact() : pack_.figures[*c.series[0].figures[i - 1]].amount.value_or(exact());
        const exact nil, high = std::max(from, to), low = std::min(from, to);
        const bool whole = i == 0 || i + 1 == count, better = to > from;
        const exact foot_above = std::max(nil, low), foot_below = std::min(nil, high);
        const exact above = std::max(nil, high) - foot_above, below = std::min(nil, low) - foot_below;
        const auto put = [&](std::uint32_t column, const std::string& words, const exact& result) {
            if (const std::optional<decimal> d = stored(result)) book_.formula({at, column}, words, *d, look::whole);
        };
        if (whole) {
            put(6, now, to);
            continue;
        }
        const std::string up = "MAX(0,MAX(" + was + "," + now + "))-MAX(0,MIN(" + was + "," + now + "))";
        const std::string down = "MIN(0,MIN(" + was + "," + now + "))-MIN(0,MAX(" + was + "," + now + "))";
        put(7, "MAX(0,MIN(" + was + "," + now + "))", foot_above);
        put(8, "MIN(0,MAX(" + was + "," + now + "))", foot_below);
        put(9, "IF(" + now + ">" + was + "," + up + ",0)", better ? above : nil);
        put(10, "IF(" + now + ">" + was + ",0," + up + ")", better ? nil : above);
        put(11, "IF(" + now + ">" + was + "," + down + ",0)", better ? below : nil);
        put(12, "IF(" + now + ">" + was + ",0," + down + ")", better ? nil : below);
    }
    std::vector<chart_series> series;
    static constexpr std::uint32_t colours[] = {0x005EB8, 0, 0, 0x007F3B, 0xD5281B, 0x007F3B, 0xD5281B};
    const std::string on = "=" + sheet_reference(s.name);
    for (std::uint32_t k = 0; k < 7; ++k) {
        chart_series one{titles[k], on + fixed({first, 6 + k}) + ":" + fixed({first + count - 1, 6 + k})};
        one.colour = colours[k];
        one.unseen = k == 1 || k == 2;
        one.hatched = k == 4 || k == 6;
        series.push_back(std::move(one));
    }
    book_.chart(chart_shape::stacked_columns, {row, 1}, harmless_line(c.title, 200),
                on + fixed({first, 1}) + ":" + fixed({first + count - 1, 1}), series);
}

void workbook_writer::summary() {
    book_.sheet("Summary");
    book_.widths(1, 1, 24);
    book_.widths(2, 2, 110);
    book_.text({1, 1}, pack_.title, look::title);
    std::uint32_t row = first_row;
    for (const pack_sentence& s : pack_.headline) {
        book_.text({row, 1}, s.topic, look::heading);
        book_.text({row++, 2}, harmless_line(s.text, 1'000), look::wrapped);
    }
    ++row;
    book_.text({row++, 1}, "Sheets", look::heading);
    for (const pack_section& s : pack_.sections) {
        book_.link({row, 1}, "internal:" + sheet_reference(s.name) + "A1", s.name);
        book_.text({row++, 2}, harmless_line(s.title, 400), look::wrapped);
    }
    ++row;
    book_.text({row++, 1},
               "All amounts are in pounds. Yellow cells are inputs, as they stand in the files; a blank is nothing "
               "reported. What follows from them is a formula.",
               look::remark);
    for (const std::string& f : pack_.files) book_.text({row++, 1}, harmless_line(f), look::remark);
    if (pack_.accounted) book_.text({row++, 1}, harmless_line(one_line(*pack_.accounted), 1'000), look::remark);
}

void workbook_writer::headings(std::initializer_list<const char*> words) {
    std::uint32_t column = 1;
    for (const char* word : words) book_.text({first_row, column++}, word, look::heading);
}

void workbook_writer::workings() {
    if (apart_.empty()) return;
    book_.sheet("Workings");
    book_.widths(1, 1, 60);
    book_.widths(2, 2, 18);
    book_.text({1, 1}, "Figures that others are made of", look::title);
    headings({"Figure", "Amount"});
    for (std::size_t i = 0; i < apart_.size(); ++i) {
        const address at = homes_[apart_[i]]->at;
        book_.text({at.row, 1}, harmless_line(pack_.figures[apart_[i]].name));
        figure(apart_[i], at, false, "Workings");
    }
}

void workbook_writer::sources() {
    book_.sheet("Provenance");
    book_.widths(1, 1, 46);
    book_.widths(2, 2, 22);
    book_.widths(3, 3, 60);
    book_.widths(4, 6, 30);
    book_.heading_rows(first_row);
    book_.text({1, 1}, "Where each figure comes from", look::title);
    headings({"Figure", "In this workbook", "How it comes about", "Source cell", "Formula"});
    std::uint32_t row = first_row + 1;
    for (figure_id id = 0; id < pack_.figures.size(); ++id) {
        if (!homes_[id]) continue;
        const pack_figure& f = pack_.figures[id];
        const home& h = *homes_[id];
        book_.text({row, 1}, harmless_line(f.name, 160));
        book_.link({row, 2}, "internal:" + sheet_reference(h.sheet) + to_string(h.at), h.sheet + " " + to_string(h.at));
        book_.text({row, 3}, harmless_line(f.rule, 400));
        const auto source = std::find_if(f.at.begin(), f.at.end(), [](const provenance& p) { return p.known(); });
        if (source != f.at.end()) {
            const std::string words = harmless_line(to_string(*source), 200);
            const std::string cell = source->row() == 0 ? "A1" : source->cell();
            std::string sheet;
            for (char c : source->sheet()) sheet += c == '\'' ? "''" : std::string(1, c);
            const std::string to =
                "external:" + harmless_line(source->file(), 200) + "#'" + harmless_line(sheet, 60) + "'!" + cell;
            if (source->file().find_first_of("<>|*?\"") == std::string::npos && !source->sheet().empty())
                book_.link({row, 4}, to, words);
            else
                book_.text({row, 4}, words);
        }
        book_.text({row, 5}, !f.formula.empty()  ? "live"
                             : f.read || f.blank ? "none: an input"
                                                 : "none: worked out by riskshare");
        ++row;
    }
}

void workbook_writer::findings() {
    book_.sheet("Findings");
    book_.widths(1, 1, 12);
    book_.widths(2, 2, 90);
    book_.widths(3, 4, 50);
    book_.widths(5, 5, 30);
    book_.heading_rows(first_row);
    book_.text({1, 1},
               pack_.findings.empty() ? "Nothing was found that a reader should know" : "What a reader should know",
               look::title);
    headings({"Severity", "Finding", "Where", "What to do", "Rule"});
    std::uint32_t row = first_row + 1;
    for (const finding& f : pack_.findings) {
        std::string at;
        for (const provenance& p : f.at)
            if (p.known()) at += (at.empty() ? "" : ", ") + to_string(p);
        book_.text({row, 1}, to_string(f.severity), look::wrapped);
        book_.text({row, 2}, harmless_line(f.message, 4'000), look::wrapped);
        book_.text({row, 3}, harmless_line(at, 4'000), look::wrapped);
        book_.text({row, 4}, harmless_line(f.advice, 1'000), look::wrapped);
        book_.text({row, 5}, f.rule, look::wrapped);
        ++row;
    }
    book_.sheet("Left out");
    book_.widths(1, 1, 30);
    book_.widths(2, 2, 90);
    book_.text({1, 1}, "What the files do not hold", look::title);
    row = first_row;
    for (const left_out_section& l : pack_.left_out) {
        book_.text({row, 1}, l.name);
        book_.text({row++, 2}, harmless_line(l.why, 600));
    }
}

void workbook_writer::names() {
    std::map<std::string, int> given;
    for (const pack_section& s : pack_.sections)
        for (const pack_table& t : s.tables)
            for (const pack_row& row : t.rows) {
                if (!row.total) continue;
                for (std::size_t c = 1; c < row.cells.size(); ++c) {
                    if (!row.cells[c].figure || c >= t.headings.size()) continue;
                    const home& h = *homes_[*row.cells[c].figure];
                    if (h.sheet != s.name) continue;
                    std::string name = s.id + "_" + row.cells[0].text + "_" + t.headings[c], clean;
                    for (char ch : name)
                        if (detail::is_alphanumeric(ch))
                            clean += ch;
                        else if (!clean.empty() && clean.back() != '_')
                            clean += '_';
                    while (!clean.empty() && clean.back() == '_') clean.pop_back();
                    if (clean.size() > 120 || given[detail::folded(clean)]++ > 0) continue;
                    book_.name(clean, h.sheet, {h.at, h.at});
                }
            }
}

workbook::package workbook_writer::made() {
    place();
    place_workings();
    summary();
    for (const pack_section& s : pack_.sections) section(s);
    workings();
    sources();
    findings();
    names();
    return book_.made();
}

} // namespace

workbook::package pack_workbook(const pack& p) { return workbook_writer(p).made(); }

} // namespace riskshare::report
