// SUMIF and its kin, and the criteria that they match as Excel does.
#include "workbook/detail/formula_functions.hpp"

#include <algorithm>
#include <cmath>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;

struct condition {
    area where;
    criterion wanted;
};

struct tally {
    double sum = 0, count = 0, least = 0, most = 0;
};

bool same_shape(const area& a, const area& b) { return rows_of(a) == rows_of(b) && columns_of(a) == columns_of(b); }

value across(const area& to, const area& from, const cell& c, reading& r) {
    return value_at(to, c.at.row - from.cells.first.row, c.at.column - from.cells.first.column, r);
}

bool all_met(const std::vector<condition>& conditions, const area& from, const cell& c, reading& r) {
    return std::all_of(conditions.begin(), conditions.end(),
                       [&](const condition& one) { return one.wanted.met_by(across(one.where, from, c, r)); });
}

/// What the cells of `summed` hold where every condition is met.
tally summed_up(const area& summed, const std::vector<condition>& conditions, reading& r) {
    tally t;
    each_cell(summed, r, [&](const cell& c) {
        if (!all_met(conditions, summed, c, r)) return;
        const value v = value_of(*summed.in, c, r);
        if (v.is_error()) throw error_met{v.text};
        if (v.kind != what::number) return;
        t.least = t.count == 0 ? v.number : std::min(t.least, v.number);
        t.most = t.count == 0 ? v.number : std::max(t.most, v.number);
        t.sum += v.number;
        ++t.count;
    });
    return t;
}

/// Where blanks meet every condition, those that no file stores count too.
value counted(const std::vector<condition>& conditions, reading& r) {
    // The area whose condition no blank meets, so that its stored cells are all there is to count.
    const auto strict =
        std::find_if(conditions.begin(), conditions.end(), [](const condition& c) { return !c.wanted.meets_blank(); });
    const area& from = (strict == conditions.end() ? conditions.front() : *strict).where;
    double count = 0;
    if (strict != conditions.end()) {
        each_cell(from, r, [&](const cell& c) { count += all_met(conditions, from, c, r); });
        return value::of(count);
    }
    if (conditions.size() == 1) {
        double missed = 0;
        each_cell(from, r, [&](const cell& c) { missed += !all_met(conditions, from, c, r); });
        return value::of(static_cast<double>(rows_of(from)) * columns_of(from) - missed);
    }
    r.spend(std::size_t{rows_of(from)} * columns_of(from) / 4 + 1);
    for (std::uint32_t row = 0; row < rows_of(from); ++row)
        for (std::uint32_t column = 0; column < columns_of(from); ++column)
            count += std::all_of(conditions.begin(), conditions.end(), [&](const condition& one) {
                return one.wanted.met_by(value_at(one.where, row, column, r));
            });
    return value::of(count);
}

std::vector<condition> conditions_of(const arguments& a, std::size_t from, reading& r) {
    std::vector<condition> out;
    need((a.size() - from) % 2 == 0);
    for (std::size_t i = from; i < a.size(); i += 2) {
        need(a[i].kind == what::area);
        out.push_back({a[i].cells, criterion(a[i + 1], r)});
        if (!same_shape(a[i].cells, out.front().where)) fail("#VALUE!");
    }
    return out;
}

/// The shape of the area that is looked at, laid on the corner of the one that is summed.
area laid_on(const area& corner, const area& shape) {
    area out = corner;
    out.cells.last.row = std::min(last_row, corner.cells.first.row + rows_of(shape) - 1);
    out.cells.last.column = std::min(last_column, corner.cells.first.column + columns_of(shape) - 1);
    return out;
}

tally one_condition(const arguments& a, reading& r) {
    need(a[0].kind == what::area && (a.size() == 2 || a[2].kind == what::area));
    return summed_up(laid_on(a[a.size() == 3 ? 2 : 0].cells, a[0].cells), {{a[0].cells, criterion(a[1], r)}}, r);
}

tally many_conditions(const arguments& a, reading& r) {
    need(a[0].kind == what::area);
    const std::vector<condition> conditions = conditions_of(a, 1, r);
    if (!same_shape(a[0].cells, conditions.front().where)) fail("#VALUE!");
    return summed_up(a[0].cells, conditions, r);
}

value averaged(const tally& t) {
    if (t.count == 0) fail("#DIV/0!");
    return value::of(t.sum / t.count);
}

} // namespace

bool wildcard_match(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
    const auto fits = [&] {
        if (p >= pattern.size() || t >= text.size()) return false;
        if (pattern[p] == '~' && p + 1 < pattern.size()) return pattern[p + 1] == text[t];
        return pattern[p] == '?' || pattern[p] == text[t];
    };
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (fits()) {
            p += pattern[p] == '~' && p + 1 < pattern.size() ? 2 : 1;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

criterion::criterion(const value& given, reading& r) {
    const value v = to_scalar(given, r);
    kind_ = v.kind;
    number_ = v.number;
    if (v.kind == what::blank) kind_ = what::number; // as if it were 0
    if (v.kind != what::text) {
        text_ = v.text;
        return;
    }
    std::string_view text = v.text;
    for (std::string_view op : {"<=", ">=", "<>", "<", ">", "="})
        if (text.substr(0, op.size()) == op) {
            operator_ = op;
            bare_ = false;
            text.remove_prefix(op.size());
            break;
        }
    text_ = folded_text(text);
    if (text_.empty()) return;
    if (text_ == "true" || text_ == "false") {
        kind_ = what::boolean;
        number_ = text_ == "true" ? 1 : 0;
        return;
    }
    try {
        number_ = number_in_text(text);
        kind_ = what::number;
    } catch (const error_met&) {
        wild_ = text_.find_first_of("*?~") != std::string::npos;
    } catch (const not_evaluated&) {
        // A date in quotes is read by the country; a word with digits in it, "CIP-07" or "A1", is a word.
        if ((text_.front() >= '0' && text_.front() <= '9')) throw;
        wild_ = text_.find_first_of("*?~") != std::string::npos;
    }
    if (text_.front() == '#' && text_.find_first_of("!?a") != std::string::npos) throw not_evaluated{};
}

bool criterion::met_by(const value& v) const {
    const auto order = [&](int compared_to) {
        if (operator_ == "=") return compared_to == 0;
        if (operator_ == "<>") return compared_to != 0;
        if (operator_ == "<") return compared_to < 0;
        if (operator_ == ">") return compared_to > 0;
        return operator_ == "<=" ? compared_to <= 0 : compared_to >= 0;
    };
    const auto sign = [](double a, double b) { return a < b ? -1 : a > b ? 1 : 0; };
    if (kind_ == what::error) return v.is_error() && v.text == text_;
    if (kind_ == what::boolean) {
        if (v.kind != what::boolean) return operator_ == "<>";
        return order(sign(v.number, number_));
    }
    if (kind_ == what::number) {
        if (v.kind == what::number) return order(sign(v.number, number_));
        // A text that is the same number counts as it where the two are to be equal: codes such as "0101" stored as
        // text.
        if (v.kind == what::text && (operator_ == "=" || operator_ == "<>")) {
            bool same = false;
            try {
                same = !v.text.empty() && number_in_text(v.text) == number_;
            } catch (const error_met&) {
            } catch (const not_evaluated&) {
            }
            return operator_ == "=" ? same : !same;
        }
        return operator_ == "<>";
    }
    if (text_.empty()) { // "" meets blanks and empty texts, "=" blanks alone, "<>" all that is not blank
        const bool blank = v.kind == what::blank, empty = blank || (v.kind == what::text && v.text.empty());
        if (operator_ == "<>") return !blank;
        if (operator_ != "=") return false;
        return bare_ ? empty : blank;
    }
    if (v.kind != what::text) return operator_ == "<>";
    const std::string held = folded_text(v.text);
    if (wild_ && (operator_ == "=" || operator_ == "<>")) return wildcard_match(text_, held) == (operator_ == "=");
    return order(held == text_ ? 0 : held < text_ ? -1 : 1);
}

std::span<const function> conditional_sums() {
    static constexpr function all[] = {
        {"SUMIF", 2, 3, "vev", [](const arguments& a, reading& r) { return value::of(one_condition(a, r).sum); }},
        {"AVERAGEIF", 2, 3, "vev", [](const arguments& a, reading& r) { return averaged(one_condition(a, r)); }},
        {"COUNTIF", 2, 2, "ve", [](const arguments& a, reading& r) { return counted(conditions_of(a, 0, r), r); }},
        {"SUMIFS", 3, any_number, "vve*",
         [](const arguments& a, reading& r) { return value::of(many_conditions(a, r).sum); }},
        {"AVERAGEIFS", 3, any_number, "vve*",
         [](const arguments& a, reading& r) { return averaged(many_conditions(a, r)); }},
        {"COUNTIFS", 2, any_number, "ve*",
         [](const arguments& a, reading& r) { return counted(conditions_of(a, 0, r), r); }},
        {"MAXIFS", 3, any_number, "vve*",
         [](const arguments& a, reading& r) { return value::of(many_conditions(a, r).most); }},
        {"MINIFS", 3, any_number, "vve*",
         [](const arguments& a, reading& r) { return value::of(many_conditions(a, r).least); }},
    };
    return all;
}

} // namespace riskshare::workbook::detail
