#include "workbook/detail/formula_tree.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace riskshare::workbook {

namespace {

using node = formula::node;
using what = node::what;

struct unsupported {
    std::string why;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_char(char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '$' || c == '\\' || c == '?' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// A recursive descent over Excel's operators: comparison, &, + −, * /, ^, %, sign, in rising order.
class parser {
public:
    parser(std::string_view text, bool tables) : text_(text), tables_(tables) {}

    node whole() {
        node n = comparison();
        blanks();
        if (at_ != text_.size()) throw unsupported{"what follows is not understood"};
        return n;
    }

private:
    static constexpr int deepest = 60;

    void blanks() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
            ++at_;
    }
    bool eat(char c) {
        blanks();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    char peek() {
        blanks();
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    static node joined(std::string op, node left, node right) {
        node n;
        n.kind = what::binary;
        n.text = std::move(op);
        n.parts.push_back(std::move(left));
        n.parts.push_back(std::move(right));
        return n;
    }

    node comparison() {
        if (++depth_ > deepest) throw unsupported{"it is nested too deeply"};
        node left = joined_text();
        for (;;) {
            const char c = peek();
            if (c != '=' && c != '<' && c != '>') break;
            std::string op(1, c);
            ++at_;
            if (at_ < text_.size() &&
                ((c == '<' && (text_[at_] == '=' || text_[at_] == '>')) || (c == '>' && text_[at_] == '=')))
                op += text_[at_++];
            left = joined(op, std::move(left), joined_text());
        }
        --depth_;
        return left;
    }
    node joined_text() {
        node left = sum();
        while (eat('&')) left = joined("&", std::move(left), sum());
        return left;
    }
    node sum() {
        node left = product();
        for (char c = peek(); c == '+' || c == '-'; c = peek()) {
            ++at_;
            left = joined(std::string(1, c), std::move(left), product());
        }
        return left;
    }
    node product() {
        node left = power();
        for (char c = peek(); c == '*' || c == '/'; c = peek()) {
            ++at_;
            left = joined(std::string(1, c), std::move(left), power());
        }
        return left;
    }
    node power() {
        node left = per_cent();
        while (eat('^')) left = joined("^", std::move(left), per_cent());
        return left;
    }
    node per_cent() {
        node inner = sign();
        while (eat('%')) {
            node n;
            n.kind = what::percent;
            n.parts.push_back(std::move(inner));
            inner = std::move(n);
        }
        return inner;
    }
    node sign() {
        if (eat('+')) return sign();
        if (!eat('-')) return joined_range();
        if (++depth_ > deepest) throw unsupported{"it is nested too deeply"};
        node n;
        n.kind = what::negate;
        n.parts.push_back(sign());
        --depth_;
        return n;
    }

    /// A1:INDEX(…), OFFSET(…):B7.
    node joined_range() {
        node left = primary();
        while (at_ < text_.size() && text_[at_] == ':') {
            ++at_;
            node n;
            n.kind = what::range;
            n.parts.push_back(std::move(left));
            n.parts.push_back(primary());
            left = std::move(n);
        }
        return left;
    }

    node primary() {
        const char c = peek();
        if (c == '(') {
            ++at_;
            node inner = comparison();
            if (peek() == ',') {
                node all;
                all.kind = what::list;
                all.parts.push_back(std::move(inner));
                while (eat(',')) all.parts.push_back(comparison());
                inner = std::move(all);
            }
            if (!eat(')')) throw unsupported{"a bracket is not closed"};
            return inner;
        }
        if (c == '{') return constant_array();
        if (c == '@') { // one value of a range, as older formulas have it unasked
            ++at_;
            return primary();
        }
        if (c == '"') return quoted_text();
        if (c == '#') return error_value();
        if (is_digit(c) || c == '.') return number_or_rows();
        if (c == '\'') {
            std::string sheet = quoted_sheet();
            if (!eat('!')) throw unsupported{"a quoted name that is no sheet"};
            const std::size_t colon = sheet.find(':');
            if (colon == std::string::npos) return cells_of(std::move(sheet));
            return cells_of(sheet.substr(0, colon), sheet.substr(colon + 1));
        }
        if (is_name_char(c)) return word();
        throw unsupported{std::string("\"") + c + "\" is not understood"};
    }

    node constant_array() {
        node n;
        n.kind = what::array;
        std::size_t columns = 0, in_row = 0;
        ++at_;
        for (;;) {
            node item = sign();
            if (item.kind == what::cells || item.kind == what::call) throw unsupported{"an array that is no constant"};
            n.parts.push_back(std::move(item));
            ++in_row;
            if (eat(',')) continue;
            if (columns != 0 && in_row != columns) throw unsupported{"an array whose rows differ"};
            columns = std::exchange(in_row, 0);
            if (eat('}')) break;
            if (!eat(';')) throw unsupported{"an array that is not understood"};
        }
        n.number = static_cast<double>(columns);
        return n;
    }

    node quoted_text() {
        node n;
        n.kind = what::text;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '"') {
                if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
                ++at_;
            }
            n.text += text_[at_];
        }
        if (at_ >= text_.size()) throw unsupported{"a text is not closed"};
        ++at_;
        return n;
    }

    node error_value() {
        static constexpr std::string_view known[] = {"#REF!", "#N/A",   "#DIV/0!", "#VALUE!", "#NAME?",
                                                     "#NUM!", "#NULL!", "#SPILL!", "#CALC!"};
        for (std::string_view e : known)
            if (text_.substr(at_, e.size()) == e) {
                at_ += e.size();
                node n;
                n.kind = what::error;
                n.text = e;
                return n;
            }
        throw unsupported{"an error value that is not known"};
    }

    node number_or_rows() {
        const std::size_t start = at_;
        double value = 0;
        int places = 0;
        bool point = false;
        for (; at_ < text_.size() && (is_digit(text_[at_]) || (text_[at_] == '.' && !point)); ++at_) {
            if (text_[at_] == '.') {
                point = true;
                continue;
            }
            value = value * 10 + (text_[at_] - '0');
            places += point;
        }
        if (at_ < text_.size() && text_[at_] == ':' && !point) {
            at_ = start;
            return whole_rows("");
        }
        int exponent = 0;
        if (at_ < text_.size() && (text_[at_] == 'E' || text_[at_] == 'e')) {
            std::size_t i = at_ + 1;
            const bool negative = i < text_.size() && text_[i] == '-';
            if (i < text_.size() && (text_[i] == '-' || text_[i] == '+')) ++i;
            for (; i < text_.size() && is_digit(text_[i]) && exponent < 1000; ++i)
                exponent = exponent * 10 + (text_[i] - '0');
            if (negative) exponent = -exponent;
            at_ = i;
        }
        if (at_ - start > 25) throw unsupported{"a very long number"};
        node n;
        n.kind = what::number;
        const int power = exponent - places;
        n.number = power < 0 ? value / std::pow(10.0, -power) : value * std::pow(10.0, power);
        return n;
    }

    /// 1:3, $1:$3
    node whole_rows(const std::string& sheet) {
        const auto number = [&] {
            if (at_ < text_.size() && text_[at_] == '$') ++at_;
            std::uint32_t n = 0;
            const std::size_t from = at_;
            while (at_ < text_.size() && is_digit(text_[at_]) && n <= last_row)
                n = n * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
            if (from == at_ || n == 0 || n > last_row) throw unsupported{"rows that are not understood"};
            return n;
        };
        const std::uint32_t from = number();
        if (at_ >= text_.size() || text_[at_++] != ':') throw unsupported{"rows that are not understood"};
        const std::uint32_t to = number();
        node n;
        n.kind = what::cells;
        n.cells = {sheet, {{std::min(from, to), 1}, {std::max(from, to), last_column}}};
        return n;
    }

    std::string quoted_sheet() {
        std::string name;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\'') {
                if (at_ + 1 >= text_.size() || text_[at_ + 1] != '\'') break;
                ++at_;
            }
            name += text_[at_];
        }
        if (at_ >= text_.size()) throw unsupported{"a sheet's name is not closed"};
        ++at_;
        if (name.find('[') != std::string::npos) throw unsupported{"another workbook"};
        return name;
    }

    std::string name() {
        const std::size_t start = at_;
        while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
        return std::string(text_.substr(start, at_ - start));
    }

    node word() {
        const std::size_t start = at_;
        std::string first = name();
        if (at_ < text_.size() && text_[at_] == '!') {
            ++at_;
            return cells_of(std::move(first));
        }
        if (at_ < text_.size() && text_[at_] == ':') { // Jan:Mar!B2
            ++at_;
            std::string last = name();
            if (at_ < text_.size() && text_[at_] == '!') {
                ++at_;
                return cells_of(std::move(first), std::move(last));
            }
            at_ = start + first.size();
        }
        if (first.size() > 1 && first[0] == '$' && is_digit(first[1]) && at_ < text_.size() && text_[at_] == ':') {
            at_ = start;
            return whole_rows("");
        }
        if (at_ < text_.size() && text_[at_] == '[') return table_cells(std::move(first));
        if (peek() == '(') return call(std::move(first));
        node n;
        const std::string upper = in_upper_case(first);
        if (upper == "TRUE" || upper == "FALSE") {
            n.kind = what::boolean;
            n.number = upper == "TRUE" ? 1 : 0;
            return n;
        }
        at_ = start; // peek went over blanks
        if (std::optional<node> cells = range_here("")) return *cells;
        first = name();
        n.kind = what::name;
        n.text = std::move(first);
        return n;
    }

    /// To the bracket that closes the first one; an apostrophe makes the next character an ordinary one.
    node table_cells(std::string table) {
        if (!tables_) throw unsupported{"a table's columns"};
        node n;
        n.kind = what::table;
        n.text = std::move(table);
        for (int open = 0; at_ < text_.size();) {
            const char c = text_[at_++];
            n.text += c;
            if (c == '\'' && at_ < text_.size()) n.text += text_[at_++];
            open += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (open == 0) return n;
        }
        throw unsupported{"a bracket is not closed"};
    }

    node cells_of(std::string sheet, std::string last = "") {
        if (sheet.find('[') != std::string::npos) throw unsupported{"another workbook"};
        if (peek() == '#') return error_value();
        const bool rows =
            at_ < text_.size() &&
            (is_digit(text_[at_]) || (text_[at_] == '$' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])));
        std::optional<node> cells = rows ? whole_rows(sheet) : range_here(sheet);
        if (cells && !last.empty()) {
            cells->kind = what::sheets;
            cells->text = std::move(last);
        }
        if (cells) return *cells;
        node n;
        n.kind = what::name;
        n.text = name();
        n.cells.sheet = std::move(sheet);
        if (n.text.empty() || !last.empty() || peek() == '(') throw unsupported{"a name of one sheet"};
        return n;
    }

    static std::string in_upper_case(std::string s) {
        for (char& c : s)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        return s;
    }

    /// "A1", "$A$1:B7", "A:C" at the present place, or nothing and the place unchanged.
    std::optional<node> range_here(const std::string& sheet) {
        const std::size_t start = at_;
        const std::string from = name();
        node n;
        n.kind = what::cells;
        n.cells.sheet = sheet;
        std::string to;
        if (at_ < text_.size() && text_[at_] == ':') {
            const std::size_t colon = at_++;
            to = name();
            if (to.empty() || (at_ < text_.size() && (text_[at_] == '(' || text_[at_] == '!'))) {
                to.clear(); // its end is computed
                at_ = colon;
            }
        }
        if (const std::optional<range> columns = whole_columns(from, to)) {
            n.cells.cells = *columns;
            return n;
        }
        const result<address> first = parse_address(from);
        if (!first) {
            if (!to.empty()) throw unsupported{"a range that is not understood"};
            at_ = start;
            return std::nullopt;
        }
        const std::size_t end = at_;
        const result<address> last = to.empty() ? first : parse_address(to);
        if (!last) {
            at_ = end - to.size() - 1;
            n.cells.cells = {*first, *first};
            return n;
        }
        n.cells.cells = {{std::min(first->row, last->row), std::min(first->column, last->column)},
                         {std::max(first->row, last->row), std::max(first->column, last->column)}};
        return n;
    }

    static std::optional<range> whole_columns(const std::string& from, const std::string& to) {
        if (from.empty() || to.empty() || is_digit(from.back()) || is_digit(to.back())) return std::nullopt;
        const result<address> first = parse_address(from + "1"), last = parse_address(to + "1");
        if (!first || !last) return std::nullopt;
        return range{{1, std::min(first->column, last->column)}, {last_row, std::max(first->column, last->column)}};
    }

    node call(std::string function) {
        node n;
        n.kind = what::call;
        n.text = in_upper_case(std::move(function));
        for (const char* prefix : {"_XLFN.", "_XLWS."})
            if (n.text.rfind(prefix, 0) == 0) n.text.erase(0, 6);
        if (!eat('(')) throw unsupported{"a function without brackets"};
        if (eat(')')) return n;
        do {
            const char c = peek();
            n.parts.push_back(c == ',' || c == ')' ? node{} : comparison());
        } while (eat(','));
        if (!eat(')')) throw unsupported{"a bracket is not closed"};
        return n;
    }

    std::string_view text_;
    bool tables_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

void collect(const node& n, std::vector<reference>& into) {
    if (n.kind == what::cells || n.kind == what::sheets) into.push_back(n.cells);
    for (const node& part : n.parts) collect(part, into);
}

void collect_names(const node& n, std::vector<std::string>& into) {
    if (n.kind == what::name) into.push_back(n.text);
    for (const node& part : n.parts) collect_names(part, into);
}

} // namespace

namespace {

result<formula> parsed(std::string_view text, bool tables) {
    if (text.size() > 8192) return failure{"formula.unsupported", "a formula beyond the length that Excel allows"};
    try {
        return formula(std::make_shared<const node>(parser(text, tables).whole()));
    } catch (const unsupported& u) {
        return failure{"formula.unsupported", "the formula =" + std::string(text) + " is not evaluated: " + u.why};
    }
}

} // namespace

result<formula> parse_formula(std::string_view text) { return parsed(text, false); }

result<formula> detail::parse_with_tables(std::string_view text) { return parsed(text, true); }

std::vector<reference> formula::references() const {
    std::vector<reference> out;
    collect(*root_, out);
    return out;
}

std::vector<std::string> formula::names() const {
    std::vector<std::string> out;
    collect_names(*root_, out);
    return out;
}

} // namespace riskshare::workbook
