#include "compare_cells.hpp"

#include "line_up.hpp"

#include <riskshare/decimal.hpp>
#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <map>

namespace riskshare::answers {

namespace {

using namespace riskshare::workbook;

constexpr std::uint32_t most_columns = 16'384;

bool is_text(const cell& c) { return c.kind == cell_kind::text && !c.has_formula; }

/// Of each row up to the last, its texts; a row without any is known by its formulas, else by nothing.
std::vector<std::string> row_keys(const sheet& s) {
    std::vector<std::string> out(s.used().last.row);
    for (const cell& c : s.cells())
        if (is_text(c)) out[c.at.row - 1] += std::string(c.text) + '\x1f';
    return out;
}

/// Of each column, the texts of its first rows.
std::vector<std::string> column_keys(const sheet& s) {
    constexpr std::uint32_t rows_of_headings = 12;
    std::vector<std::string> out(std::min(s.used().last.column, most_columns));
    for (const cell& c : s.cells())
        if (is_text(c) && c.at.row <= rows_of_headings && c.at.column <= out.size())
            out[c.at.column - 1] += std::string(c.text) + '\x1f';
    return out;
}

/// "Pay, Year to date, Actual".
class labeller {
public:
    explicit labeller(const sheet& s) : sheet_(s) {}

    std::string of(address at) const {
        std::string out;
        const auto add = [&](std::string_view text) {
            constexpr std::size_t longest = 60;
            if (text.empty() || text.size() > longest || out.find(text) != std::string::npos) return;
            out += (out.empty() ? "" : ", ") + std::string(text);
        };
        for (const cell& c : sheet_.row(at.row))
            if (c.at.column < at.column && c.kind == cell_kind::text) {
                add(c.text);
                break;
            }
        const cell* own = sheet_.find(at);
        if (own != nullptr && own->kind == cell_kind::text) return out;
        for (const std::string& heading : headings(at)) add(heading);
        return out;
    }

private:
    /// The texts right above the numbers of its column; of a group's heading that stands further left, that one.
    std::vector<std::string> headings(address at) const {
        std::vector<std::string> out;
        constexpr std::uint32_t furthest = 400, most = 3;
        std::uint32_t row = at.row;
        for (std::uint32_t up = 1; up < furthest && up < at.row && out.empty(); ++up) {
            const cell* c = sheet_.find({at.row - up, at.column});
            if (c == nullptr || c->kind != cell_kind::text) continue;
            out.push_back(std::string(c->text));
            row = at.row - up;
        }
        for (std::uint32_t above = 1; !out.empty() && above < row && out.size() < most; ++above) {
            std::string group;
            for (const cell& c : sheet_.row(row - above))
                if (c.at.column <= at.column && c.at.column > 1 && c.kind == cell_kind::text) group = c.text;
            if (group.empty()) break;
            out.insert(out.begin(), group);
        }
        return out;
    }

    const sheet& sheet_;
};

bool same_value(const cell& a, const cell& b) {
    if (a.kind != b.kind) return false;
    if (a.kind != cell_kind::number || a.text == b.text) return a.text == b.text;
    const result<decimal> x = decimal_of_stored(a.text), y = decimal_of_stored(b.text);
    return x && y && *x == *y;
}

class sheet_comparison {
public:
    sheet_comparison(const sheet& before, const sheet& after, const compare_what& what, cells_compared& out)
        : before_(before), after_(after), what_(what), out_(out) {}

    void run() {
        rows_ = lined_up(row_keys(before_), row_keys(after_));
        columns_ = lined_up(column_keys(before_), column_keys(after_));
        say_lines(rows_, "row");
        say_lines(columns_, "column");
        ++out_.sheets;
        for (const line_pair& row : rows_) compare_row(row);
    }

private:
    static bool holds_any(const sheet& s, const std::string& what, std::uint32_t i) {
        if (what == "row")
            return std::any_of(s.row(i + 1).begin(), s.row(i + 1).end(),
                               [](const cell& c) { return c.kind != cell_kind::blank || c.has_formula; });
        return std::any_of(s.cells().begin(), s.cells().end(), [&](const cell& c) {
            return c.at.column == i + 1 && (c.kind != cell_kind::blank || c.has_formula);
        });
    }

    void say_lines(const std::vector<line_pair>& lines, const std::string& what) {
        for (const line_pair& p : lines) {
            if (p.before && p.after) continue;
            const sheet& s = p.after ? after_ : before_;
            const std::uint32_t i = p.after ? *p.after : *p.before;
            if (!holds_any(s, what, i)) continue;
            const std::string name = what == "row" ? std::to_string(i + 1) : column_letters(i + 1);
            const std::string key = (what == "row" ? row_keys(s) : column_keys(s))[i];
            const std::string label = key.substr(0, key.find('\x1f'));
            out_.lines.push_back("'" + s.name() + "': " + what + " " + name +
                                 (label.empty() ? "" : " (" + label + ")") +
                                 (p.after ? " is new" : " of the first file is gone"));
        }
    }

    void compare_row(const line_pair& row) {
        std::map<std::uint32_t, std::uint32_t> column_of;
        for (const line_pair& p : columns_)
            if (p.before && p.after) column_of[*p.after + 1] = *p.before + 1;
        if (!row.after) {
            for (const cell& c : before_.row(*row.before + 1)) add(&c, nullptr);
            return;
        }
        std::map<std::uint32_t, const cell*> left;
        if (row.before)
            for (const cell& c : before_.row(*row.before + 1)) left[c.at.column] = &c;
        for (const cell& c : after_.row(*row.after + 1)) {
            const auto column = column_of.find(c.at.column);
            const auto found = column == column_of.end() ? left.end() : left.find(column->second);
            if (found == left.end()) {
                add(nullptr, &c);
                continue;
            }
            add(found->second, &c);
            left.erase(found);
        }
        for (const auto& [column, c] : left) add(c, nullptr);
    }

    static bool is_blank(const cell* c) { return c == nullptr || (c->kind == cell_kind::blank && !c->has_formula); }

    void add(const cell* before, const cell* after) {
        if (is_blank(before) && is_blank(after)) return;
        ++out_.compared;
        if (what_.formats && before != nullptr && after != nullptr &&
            before_.number_format(*before) != after_.number_format(*after))
            out_.formats.push_back("'" + after_.name() + "'!" + to_string(after->at) + "  " +
                                   std::string(before_.number_format(*before)) + " -> " +
                                   std::string(after_.number_format(*after)));
        if (!is_blank(before) && !is_blank(after) && same_value(*before, *after) &&
            before->has_formula == after->has_formula)
            return;
        changed_cell c;
        c.sheet = after_.name();
        if (!is_blank(before)) c.before_at = before->at, c.before = std::string(before->text);
        if (!is_blank(after)) c.after_at = after->at, c.after = std::string(after->text);
        c.result = !is_blank(before) && !is_blank(after) && before->has_formula && after->has_formula;
        c.label = c.after_at ? labeller(after_).of(*c.after_at) : labeller(before_).of(*c.before_at);
        out_.cells.push_back(std::move(c));
    }

    const sheet &before_, &after_;
    const compare_what& what_;
    cells_compared& out_;
    std::vector<line_pair> rows_, columns_;
};

void compare_names(const book& before, const book& after, cells_compared& out) {
    std::map<std::string, std::string> then, now;
    const auto take = [](const book& b, std::map<std::string, std::string>& to) {
        for (const defined_name& n : b.defined_names())
            to[(n.scope_sheet.empty() ? "" : "'" + n.scope_sheet + "'!") + n.name] = n.refers_to;
    };
    take(before, then);
    take(after, now);
    for (const auto& [name, refers] : then)
        if (now.count(name) == 0)
            out.names.push_back(name + ", " + refers + ", is gone");
        else if (now[name] != refers)
            out.names.push_back(name + "  " + refers + " -> " + now[name]);
    for (const auto& [name, refers] : now)
        if (then.count(name) == 0) out.names.push_back(name + ", " + refers + ", is new");
}

std::string signed_difference(const changed_cell& c) {
    const result<decimal> x = decimal_of_stored(c.before), y = decimal_of_stored(c.after);
    if (!x || !y) return "";
    const exact difference = exact(*y, unit::pounds) - exact(*x, unit::pounds);
    const std::string text = to_string(difference);
    return "  (" + std::string(text.front() == '-' ? "" : "+") + text + ")";
}

/// "M4 I&E" and "M5 I&E", "July" and "August": the name without what names a month.
std::string without_month(const std::string& name) {
    std::string word, out;
    const auto put = [&] {
        static constexpr std::string_view months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
        const std::string folded = riskshare::detail::folded(word);
        const bool month = std::any_of(std::begin(months), std::end(months), [&](std::string_view m) {
            return folded.rfind(m, 0) == 0 && folded.size() < 10;
        });
        out += month ? "#" : folded;
        word.clear();
    };
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            word += c;
            continue;
        }
        put();
        out += c >= '0' && c <= '9' ? '#' : c;
    }
    put();
    return out;
}

/// Of each sheet of the second file the one of the first: by its name, else the only one whose name differs from it in
/// a month alone.
std::map<std::string, std::string> sheets_of_both(const book& before, const book& after) {
    std::map<std::string, std::string> out;
    std::map<std::string, std::vector<std::string>> then, now;
    for (const std::string& name : after.sheet_names()) {
        if (before.has(name))
            out[name] = name;
        else
            now[without_month(name)].push_back(name);
    }
    for (const std::string& name : before.sheet_names())
        if (!after.has(name)) then[without_month(name)].push_back(name);
    for (const auto& [key, names] : now)
        if (names.size() == 1 && then[key].size() == 1) out[names.front()] = then[key].front();
    return out;
}

} // namespace

cells_compared compared_cells(const book& before, const book& after, const compare_what& what) {
    cells_compared out;
    const std::map<std::string, std::string> both = sheets_of_both(before, after);
    for (const std::string& name : before.sheet_names())
        if (std::none_of(both.begin(), both.end(),
                         [&](const auto& p) { return before.part_of(p.second) == before.part_of(name); }))
            out.lines.push_back("sheet '" + name + "' of the first file is gone; it was compared with nothing");
    for (const std::string& name : after.sheet_names()) {
        const auto found = both.find(name);
        if (found == both.end()) {
            out.lines.push_back("sheet '" + name + "' is new; it was compared with nothing");
            continue;
        }
        if (found->second != name && !before.has(name))
            out.lines.push_back("sheet '" + name + "' was compared with '" + found->second + "' of the first file");
        const auto has_cells = [](const book& b, const std::string& n) {
            return b.part_of(n).find("/worksheets/") != std::string::npos;
        };
        if (!has_cells(before, found->second) || !has_cells(after, name)) {
            out.not_compared.push_back("sheet '" + name + "', which holds no cells");
            continue;
        }
        try {
            const sheet then = before.read(found->second), now = after.read(name);
            sheet_comparison(then, now, what, out).run();
        } catch (const input_refused& why) {
            out.not_compared.push_back("sheet '" + name + "': " + why.what());
        }
    }
    if (what.names)
        compare_names(before, after, out);
    else
        out.not_compared.push_back("defined names (--names)");
    if (!what.formats) out.not_compared.push_back("number formats (--formats)");
    out.not_compared.push_back("colours, comments, charts and pivot tables");
    return out;
}

void tell(std::ostream& out, const cells_compared& c, const compare_what& what, bool more_was_said) {
    const auto shown = [](const std::string& s) { return s.empty() ? std::string("blank") : s; };
    for (const std::string& line : c.lines) out << line << "\n";
    std::size_t results = 0;
    const bool typed = std::any_of(c.cells.begin(), c.cells.end(), [](const changed_cell& one) { return !one.result; });
    for (const changed_cell& one : c.cells) {
        if (one.result && typed && !what.results) {
            ++results;
            continue;
        }
        const std::string at = to_string(one.after_at ? *one.after_at : *one.before_at);
        out << "'" << one.sheet << "'!" << at << (one.after_at ? "" : " (first file)") << "  "
            << (one.label.empty() ? "" : one.label + ": ") << shown(one.before) << " -> " << shown(one.after)
            << signed_difference(one) << "\n";
    }
    if (results != 0)
        out << results << (results == 1 ? " result of a formula" : " results of formulas")
            << " changed with them (--cells lists each)\n";
    for (const std::string& name : c.names) out << "name " << name << "\n";
    for (const std::string& format : c.formats) out << "format " << format << "\n";
    if (c.nothing_changed() && !more_was_said)
        out << "nothing changed in the " << c.compared << " cells of " << c.sheets
            << (c.sheets == 1 ? " sheet\n" : " sheets\n");
    out << "not compared: ";
    for (std::size_t i = 0; i < c.not_compared.size(); ++i) out << (i == 0 ? "" : "; ") << c.not_compared[i];
    out << "\n";
}

void add_to(json::value& document, const cells_compared& c, const compare_what& what) {
    const auto text_or_null = [](const std::string& s) { return s.empty() ? json::value(nullptr) : json::value(s); };
    const auto place = [](const std::optional<address>& at) {
        return at ? json::value(to_string(*at)) : json::value(nullptr);
    };
    document["cells"] = json::value::array();
    const bool typed = std::any_of(c.cells.begin(), c.cells.end(), [](const changed_cell& one) { return !one.result; });
    for (const changed_cell& one : c.cells)
        if (!one.result || !typed || what.results)
            document["cells"].push_back({{"sheet", one.sheet},
                                         {"cell_before", place(one.before_at)},
                                         {"cell_after", place(one.after_at)},
                                         {"what", one.label},
                                         {"before", text_or_null(one.before)},
                                         {"after", text_or_null(one.after)},
                                         {"result_of_formula", one.result}});
    document["lines"] = c.lines;
    document["names"] = c.names;
    document["formats"] = c.formats;
    document["not_compared"] = c.not_compared;
    document["cells_compared"] = c.compared;
}

} // namespace riskshare::answers
