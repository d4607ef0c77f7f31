// Moving the titles of a workbook on to the month whose figures it holds now.
#include <riskshare/template/titles.hpp>

#include "template/words/months.hpp"

#include <riskshare/calendar.hpp>
#include <riskshare/template/grid.hpp>

#include <algorithm>

namespace riskshare::templates {

namespace {

namespace text = riskshare::detail;

bool is_word(char c) { return text::is_alphanumeric(c); }

/// The word that begins at `at`, letters alone.
std::string letters_at(const std::string& s, std::size_t at) {
    std::size_t end = at;
    while (end < s.size() && text::is_letter(s[end])) ++end;
    return s.substr(at, end - at);
}

/// "AUG" for "JUL", "August" for "July", "Sep" for "Aug": the name of `m` as `model` writes that of the month before.
std::string named_alike(month m, const std::string& model, bool in_full) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const bool shouted = is_upper(model[1]);
    std::string name(month_name(m));
    if (!in_full) name.resize(3);
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool upper = shouted || (i == 0 && is_upper(model[0]));
        if (upper && !is_upper(name[i])) name[i] = static_cast<char>(name[i] - 'a' + 'A');
        if (!upper && is_upper(name[i])) name[i] = static_cast<char>(name[i] - 'A' + 'a');
    }
    return name;
}

/// The number that ends just before `at`, behind blanks and an ordinal's letters: where its digits stand.
struct digits {
    std::size_t begin = 0, end = 0;
    int value = 0;
};
std::optional<digits> day_before(const std::string& s, std::size_t at) {
    while (at > 0 && (s[at - 1] == ' ' || s[at - 1] == '-')) --at;
    std::size_t end = at;
    if (end > 2 && text::is_letter(s[end - 1]) && text::is_letter(s[end - 2]) && text::is_digit(s[end - 3])) end -= 2;
    std::size_t begin = end;
    while (begin > 0 && text::is_digit(s[begin - 1])) --begin;
    if (begin == end || end - begin > 2 || end != at) return std::nullopt; // "31st" would need another ending
    return digits{begin, end, std::stoi(s.substr(begin, end - begin))};
}

std::optional<digits> year_after(const std::string& s, std::size_t at) {
    while (at < s.size() && (s[at] == ' ' || s[at] == '-' || s[at] == '\'')) ++at;
    std::size_t end = at;
    while (end < s.size() && text::is_digit(s[end])) ++end;
    if (end - at != 2 && end - at != 4) return std::nullopt;
    return digits{at, end, std::stoi(s.substr(at, end - at)) + (end - at == 2 ? 2000 : 0)};
}

class mover {
public:
    mover(std::string title, month from) : out_(std::move(title)), from_(from), to_(month(from.number() + 1)) {}

    std::string moved() {
        for (std::size_t at = 0; at < out_.size(); ++at) {
            if (at > 0 && is_word(out_[at - 1])) continue;
            if (!text::is_letter(out_[at])) continue;
            const std::string word = letters_at(out_, at);
            at += number(word, at) || name(word, at) ? added_ : word.size() - 1;
        }
        return out_;
    }

private:
    /// "Month 4", "M04", "P4".
    bool number(const std::string& word, std::size_t at) {
        std::size_t begin = at + word.size();
        while (begin < out_.size() && (out_[begin] == ' ' || out_[begin] == '-')) ++begin;
        std::size_t end = begin;
        while (end < out_.size() && text::is_digit(out_[end])) ++end;
        if (end == begin || end - begin > 2 || (end < out_.size() && is_word(out_[end]))) return false;
        const result<month_label> said = parse_month(out_.substr(at, end - at));
        if (!said || said->calendar_year || !(said->month == from_) ||
            out_.substr(begin, end - begin).find_first_not_of("0123456789") != std::string::npos)
            return false;
        if (std::stoi(out_.substr(begin, end - begin)) != from_.number()) return false;
        std::string next = std::to_string(to_.number());
        if (end - begin == 2 && next.size() == 1) next.insert(0, 1, '0');
        out_.replace(begin, end - begin, next);
        added_ = begin - at + next.size();
        return true;
    }

    /// "July 2022", "31 July 2022", "Jul-22".
    bool name(const std::string& word, std::size_t at) {
        const result<month_label> said = word.size() < 3 ? result<month_label>(failure{}) : parse_month(word);
        if (!said || !(said->month == from_)) return false;
        const std::optional<digits> year = year_after(out_, at + word.size());
        const int calendar_year = year ? year->value : 2023;
        const std::optional<digits> day = day_before(out_, at);
        const auto last = [&](month m, int y) {
            const int start = m.number() > 9 ? y - 1 : y;
            return days_in({financial_year{start}, m});
        };
        const bool turns = from_.number() == 9; // December
        if (year && turns) {
            const std::string digits_of_year = std::to_string(calendar_year + 1);
            const std::size_t places = year->end - year->begin;
            out_.replace(year->begin, places, digits_of_year.substr(digits_of_year.size() - places));
        }
        const bool hyphen = at + word.size() < out_.size() && out_[at + word.size()] == '-'; // "May-22" is short
        const bool in_full = text::folded(word) == text::folded(month_name(from_)) && !(word.size() == 3 && hyphen);
        const std::string next = named_alike(to_, word, in_full);
        out_.replace(at, word.size(), next);
        added_ = next.size();
        if (day && day->value == last(from_, calendar_year)) {
            const std::string of_next = std::to_string(last(to_, turns ? calendar_year + 1 : calendar_year));
            out_.replace(day->begin, day->end - day->begin, of_next);
        }
        return true;
    }

    std::string out_;
    month from_, to_;
    std::size_t added_ = 0;
};

bool says_one_month(const std::string& title, month m) {
    const std::vector<words::month_said> all = words::months_in(title);
    return !all.empty() &&
           std::all_of(all.begin(), all.end(), [&](const words::month_said& s) { return s.label.month == m; });
}

bool speaks_of(const std::string& title, std::initializer_list<const char*> these) {
    const std::string t = text::folded(title);
    return std::any_of(these.begin(), these.end(), [&](const char* w) { return t.find(w) != std::string::npos; });
}

/// A title and no sentence.
bool is_plain(const std::string& title) {
    constexpr std::size_t longest = 80;
    return title.size() <= longest && title.back() != '.' &&
           !speaks_of(title, {"narrative", "comment", "note", "since", "last month", "previous", "prior", "because"});
}

class sheet_titles {
public:
    sheet_titles(const grid& g, month m, bool plans_filled, titles_moved& out)
        : grid_(g), month_(m), plans_filled_(plans_filled), out_(out) {}

    void read(const std::vector<tracker_table>& tables) {
        const std::string& name = grid_.source().name();
        if (const std::optional<words::month_said> said = words::month_of(name); said && !(said->label.month == month_))
            say("the name of the sheet still says " + to_string(said->label.month), grid_.place());
        for (std::uint32_t r = 1; r <= grid_.rows(); ++r) {
            const auto table = std::find_if(tables.begin(), tables.end(), [&](const tracker_table& t) {
                return t.sheet == name && r >= t.first_heading && r <= t.last_row;
            });
            if (table == tables.end())
                read_row(r, true);
            else if (r > table->last_heading && texts_alone(r) == 1)
                read_row(r, false); // a line between or below the schemes
        }
    }

private:
    /// How many cells of a row hold something, where all are texts; else none.
    std::size_t texts_alone(std::uint32_t row) const {
        std::size_t texts = 0;
        for (const workbook::cell& c : grid_.source().row(row)) {
            if (c.kind == workbook::cell_kind::blank && !c.has_formula) continue;
            if (c.kind != workbook::cell_kind::text || c.has_formula) return 0;
            ++texts;
        }
        return texts;
    }

    void read_row(std::uint32_t row, bool may_move) {
        std::vector<const workbook::cell*> titles;
        std::set<int> months;
        for (const workbook::cell& c : grid_.source().row(row)) {
            if (c.kind == workbook::cell_kind::number) return; // data
            if (c.kind != workbook::cell_kind::text || c.has_formula) continue;
            for (const words::month_said& said : words::months_in(c.text)) months.insert(said.label.month.number());
            if (!words::months_in(c.text).empty()) titles.push_back(&c);
        }
        if (months.size() > 1 && titles.size() > 1) return; // months side by side
        for (const workbook::cell* c : titles) read_title(*c, may_move);
    }

    void read_title(const workbook::cell& c, bool may_move) {
        const std::string title(c.text);
        const std::vector<words::month_said> all = words::months_in(title);
        if (std::any_of(all.begin(), all.end(), [&](const auto& s) { return s.label.month == month_; })) return;
        const provenance at = grid_.at(c.at.row, c.at.column);
        const bool of_a_plan = speaks_of(title, {"plan", "budget", "target", "profile", "forecast"});
        const bool before = month_.number() > 1 && says_one_month(title, month(month_.number() - 1));
        std::optional<std::string> moved;
        if (may_move && before && is_plain(title) && (plans_filled_ || !of_a_plan))
            moved = with_next_month(title, month(month_.number() - 1));
        if (moved)
            out_.edits.push_back({grid_.source().name(), c.at, workbook::edit::what::text, *moved});
        else
            say("\"" + text::plain(title) + "\" still names " + to_string(all.front().label.month), at);
    }

    void say(const std::string& what, const provenance& at) {
        out_.findings.push_back({"fill.month_left",
                                 severity::warning,
                                 what + "; the figures are those of " + to_string(month_),
                                 {at},
                                 "change it where it is to name " + to_string(month_)});
    }

    const grid& grid_;
    month month_;
    bool plans_filled_;
    titles_moved& out_;
};

} // namespace

std::optional<std::string> with_next_month(const std::string& title, month from) {
    if (from.number() == 12 || !says_one_month(title, from)) return std::nullopt;
    std::string moved = mover(title, from).moved();
    if (moved == title || !says_one_month(moved, month(from.number() + 1))) return std::nullopt;
    return moved;
}

titles_moved moved_titles(const workbook::book& book, const std::set<std::string>& sheets, month m,
                          const std::vector<tracker_table>& tables, bool plans_filled) {
    titles_moved out;
    for (const std::string& sheet : sheets)
        if (book.has(sheet))
            sheet_titles(grid(book.read(sheet), book.source().name()), m, plans_filled, out).read(tables);
    return out;
}

} // namespace riskshare::templates
