// The sheets of a pack's workbook that are about it: summary, workings, schemes, provenance, findings, names.
#include "report/pack/safe_text.hpp"
#include "report/pack/workbook_writer.hpp"

#include <algorithm>
#include <map>

namespace riskshare::report {

using workbook::address;

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

std::uint32_t workbook_writer::list_place(const std::string& heading) const {
    const auto found = std::find(pack_.list.headings.begin(), pack_.list.headings.end(), heading);
    return static_cast<std::uint32_t>(found - pack_.list.headings.begin()) + 1;
}

std::string workbook_writer::list_column(const std::string& heading, const std::string& sheet) const {
    const std::uint32_t column = list_place(heading),
                        last = first_row + static_cast<std::uint32_t>(pack_.list.rows.size());
    return (sheet == pack_.list.name ? "" : sheet_reference(pack_.list.name)) + absolute({first_row + 1, column}) +
           ":" + absolute({last, column});
}

std::string workbook_writer::over_list(const std::string& words, std::uint32_t row, const std::string& sheet) const {
    std::string out;
    bool quoted = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == '"') quoted = !quoted;
        const bool column = !quoted && words[i] == '[', cell = !quoted && words[i] == '{';
        if (column || cell) {
            const std::size_t end = words.find(column ? ']' : '}', i);
            const std::string heading = words.substr(i + 1, end - i - 1);
            out += column ? list_column(heading, sheet) : to_string(address{row, list_place(heading)});
            i = end;
        } else if (!quoted && words[i] == '#') {
            std::size_t end = i + 1;
            while (end < words.size() && detail::is_digit(words[end])) ++end;
            const figure_home& h = *homes_[static_cast<std::size_t>(std::stoul(words.substr(i + 1, end - i - 1)))];
            out += sheet_reference(h.sheet) + absolute(h.at);
            i = end - 1;
        } else {
            out += words[i];
        }
    }
    return out;
}

void workbook_writer::list_cell(const listed_cell& cell, address at) {
    const std::optional<decimal> value = cell.amount ? in_fifteen_digits(*cell.amount) : std::nullopt;
    if (!value) {
        if (!cell.text.empty()) book_.text(at, harmless_line(cell.text));
        return;
    }
    const bool pence = exact(rounded(*cell.amount, money::pounds(1), rounding::down)) != *cell.amount;
    if (cell.formula.empty())
        book_.number(at, *value, pence ? look::entry : look::entry_whole);
    else
        book_.formula(at, over_list(cell.formula, at.row, pack_.list.name), *value, pence ? look::amount : look::whole);
}

void workbook_writer::list() {
    const pack_list& all = pack_.list;
    if (all.rows.empty()) return;
    book_.sheet(all.name);
    book_.widths(1, static_cast<std::uint32_t>(all.headings.size()), 14);
    book_.heading_rows(first_row);
    book_.text({1, 1}, all.title + ", in pounds", look::title);
    for (std::uint32_t c = 0; c < all.headings.size(); ++c)
        book_.text({first_row, c + 1}, all.headings[c], look::heading);
    for (std::uint32_t r = 0; r < all.rows.size(); ++r)
        for (std::uint32_t c = 0; c < all.rows[r].size(); ++c) list_cell(all.rows[r][c], {first_row + 1 + r, c + 1});
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
        const figure_home& h = *homes_[id];
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
        book_.text({row, 5}, !f.formula.empty() || !f.over_list.empty() ? "live"
                             : f.read || f.blank                        ? "none: an input"
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
                    const figure_home& h = *homes_[*row.cells[c].figure];
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

} // namespace riskshare::report
