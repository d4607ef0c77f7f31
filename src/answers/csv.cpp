// Lists as spreadsheets save them: their letters, their separator, their decimal mark.
#include "csv.hpp"

#include "workbook/detail/xml_text.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/error.hpp>

#include <algorithm>

namespace riskshare::answers {

namespace {

constexpr const char *utf8_mark = "\xEF\xBB\xBF", *utf16_low = "\xFF\xFE", *utf16_high = "\xFE\xFF";

/// Without its byte-order mark, and with the pound sign of a list that was saved in Windows' own letters.
std::string in_utf8(const std::string& bytes, const std::string& name) {
    const std::string text = is_utf16(bytes) ? workbook::detail::decoded(bytes, name).text : bytes;
    std::string out;
    for (std::size_t i = text.rfind(utf8_mark, 0) == 0 ? 3 : 0; i < text.size(); ++i) {
        const bool alone = i == 0 || static_cast<unsigned char>(text[i - 1]) < 0x80;
        if ((text[i] == '\xA3' || text[i] == '\xA0') && alone) out += '\xC2';
        out += text[i];
    }
    return out;
}

/// Takes "sep=;" off the text.
char separator_said(std::string& text) {
    if (detail::folded(text.substr(0, 4)) != "sep=" || text.size() < 5) return 0;
    const char said = text[4];
    const std::size_t end = text.find('\n');
    text.replace(0, end == std::string::npos ? text.size() : end, "");
    return said;
}

char separator_of(const std::string& text) {
    std::size_t tabs = 0, semicolons = 0;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        tabs += !quoted && c == '\t' ? 1 : 0;
        semicolons += !quoted && c == ';' ? 1 : 0;
    }
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const auto in_most_lines = [&](std::size_t n) { return n > 0 && 2 * n >= lines; };
    return in_most_lines(tabs) ? '\t' : in_most_lines(semicolons) ? ';' : ',';
}

/// What one amount tells of the mark before its decimals.
enum class mark_told { nothing, point, comma, either };

mark_told told_by(const std::string& amount) {
    std::size_t points = 0, commas = 0, before = 0, after = 0;
    char last = 0, first_digit = 0;
    for (const char c : amount) {
        if (c == '.' || c == ',') {
            (c == '.' ? points : commas) += 1;
            last = c;
            after = 0;
        } else if (detail::is_digit(c)) {
            if (first_digit == 0) first_digit = c;
            (last == 0 ? before : after) += 1;
        }
    }
    if (points + commas == 0) return mark_told::nothing;
    const mark_told this_one = last == '.' ? mark_told::point : mark_told::comma;
    const mark_told other = last == '.' ? mark_told::comma : mark_told::point;
    if (points > 0 && commas > 0) return this_one;
    if (points + commas > 1) return other; // 1.234.567: the marks part thousands
    return after == 3 && before >= 1 && before <= 3 && first_digit != '0' ? mark_told::either : this_one;
}

std::string with_marks_exchanged(std::string amount) {
    for (char& c : amount) c = c == '.' ? ',' : c == ',' ? '.' : c;
    return amount;
}

/// 1 234 567 and 1'234'567: a blank or an apostrophe between digits parts thousands.
std::string without_blanks(const std::string& amount) {
    const std::string tidy = detail::plain(amount);
    std::string out;
    for (std::size_t i = 0; i < tidy.size(); ++i) {
        const bool between = i > 0 && i + 3 < tidy.size() && detail::is_digit(tidy[i - 1]) &&
                             detail::is_digit(tidy[i + 1]) && detail::is_digit(tidy[i + 2]) &&
                             detail::is_digit(tidy[i + 3]);
        if ((tidy[i] == ' ' || tidy[i] == '\'') && between) continue;
        out += tidy[i];
    }
    return out;
}

} // namespace

bool is_utf16(const std::string& bytes) { return bytes.rfind(utf16_low, 0) == 0 || bytes.rfind(utf16_high, 0) == 0; }

csv_list list_of(const std::string& bytes, const std::string& name) {
    std::string text = in_utf8(bytes, name);
    csv_list out;
    out.name = name;
    const char said = separator_said(text);
    out.separator = said != 0 ? said : separator_of(text);
    csv_list::line current{1, {""}};
    std::size_t number = 1;
    bool quoted = false;
    const auto end_line = [&] {
        const bool blank = std::all_of(current.fields.begin(), current.fields.end(),
                                       [](const std::string& f) { return detail::plain(f).empty(); });
        if (!blank) out.lines.push_back(std::move(current));
        current = {++number, {""}};
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
            current.fields.back() += text[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == out.separator && !quoted)
            current.fields.emplace_back();
        else if (c == '\n' && !quoted)
            end_line();
        else if (c != '\r')
            current.fields.back() += c;
    }
    end_line();
    return out;
}

std::vector<std::string> amounts_with_points(const csv_list& list, std::size_t column, std::size_t first_line) {
    std::vector<std::string> out;
    const csv_list::line *point = nullptr, *comma = nullptr, *either = nullptr;
    for (std::size_t i = first_line; i < list.lines.size(); ++i) {
        const csv_list::line& l = list.lines[i];
        out.push_back(column < l.fields.size() ? without_blanks(l.fields[column]) : "");
        switch (told_by(out.back())) {
        case mark_told::point:
            point = point == nullptr ? &l : point;
            break;
        case mark_told::comma:
            comma = comma == nullptr ? &l : comma;
            break;
        case mark_told::either:
            either = either == nullptr ? &l : either;
            break;
        case mark_told::nothing:
            break;
        }
    }
    const auto quoted = [&](const csv_list::line* l) { return "\"" + detail::plain(l->fields[column]) + "\""; };
    if (point != nullptr && comma != nullptr)
        throw input_refused("fill.decimal_mark", list.place(*point) + " writes " + quoted(point) + " and line " +
                                                     std::to_string(comma->number) + " " + quoted(comma) +
                                                     ": is a comma or a point before the decimals? Write all alike");
    if (either != nullptr && point == nullptr && comma == nullptr && list.separator == ';')
        throw input_refused("fill.decimal_mark", list.place(*either) + ": " + quoted(either) +
                                                     " can be read in two ways. Write the amounts without marks "
                                                     "between the thousands");
    if (comma != nullptr)
        for (std::string& amount : out) amount = with_marks_exchanged(std::move(amount));
    return out;
}

} // namespace riskshare::answers
