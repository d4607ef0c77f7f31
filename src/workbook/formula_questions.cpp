// Functions that ask what a value is, and plain logic.
#include "workbook/detail/formula_functions.hpp"

#include <cmath>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;

template <what Kind>
value is_kind(const arguments& a, reading&) {
    return value::of(a[0].kind == Kind);
}

/// AND, OR, XOR: in cells, texts and blanks do not count.
template <int Which>
value joined(const arguments& a, reading& r) {
    std::size_t yes = 0, count = 0;
    const auto take = [&](const value& v, bool outright) {
        if (v.is_error()) throw error_met{v.text};
        if (!outright && (v.kind == what::text || v.kind == what::blank)) return;
        ++count;
        yes += to_truth(v, r);
    };
    for (const value& v : a) {
        if (v.kind == what::area)
            each_cell(v.cells, r, [&](const cell& c) { take(value_of(*v.cells.in, c, r), false); });
        else if (v.kind == what::array)
            for (const value& item : v.items->all) take(item, false);
        else
            take(v, true);
    }
    if (count == 0) fail("#VALUE!");
    return value::of(Which == 0 ? yes == count : Which == 1 ? yes > 0 : yes % 2 == 1);
}

value error_type(const arguments& a, reading&) {
    static constexpr const char* known[] = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"};
    for (int i = 0; i < 7; ++i)
        if (a[0].is_error() && a[0].text == known[i]) return value::of(i + 1.0);
    fail("#N/A");
}

value parity(const arguments& a, reading& r, bool odd) {
    return value::of((std::fmod(std::trunc(std::fabs(to_number(a[0], r))), 2) == 1) == odd);
}

/// N and T look at the first cell of a range.
value first_of(const value& v, reading& r) {
    const value first = v.kind == what::area ? value_at(v.cells, 0, 0, r) : to_scalar(v, r);
    if (first.is_error()) throw error_met{first.text};
    return first;
}

value type_of(const arguments& a, reading&) {
    switch (a[0].kind) {
    case what::text:
        return value::of(2.0);
    case what::boolean:
        return value::of(4.0);
    case what::error:
        return value::of(16.0);
    case what::array:
    case what::area:
        return value::of(64.0);
    default:
        return value::of(1.0);
    }
}

} // namespace

std::span<const function> questions() {
    static constexpr function all[] = {
        {"ISBLANK", 1, 1, "e", is_kind<what::blank>},
        {"ISNUMBER", 1, 1, "e", is_kind<what::number>},
        {"ISTEXT", 1, 1, "e", is_kind<what::text>},
        {"ISLOGICAL", 1, 1, "e", is_kind<what::boolean>},
        {"ISERROR", 1, 1, "e", is_kind<what::error>},
        {"ISNONTEXT", 1, 1, "e", [](const arguments& a, reading&) { return value::of(a[0].kind != what::text); }},
        {"ISNA", 1, 1, "e",
         [](const arguments& a, reading&) { return value::of(a[0].is_error() && a[0].text == "#N/A"); }},
        {"ISERR", 1, 1, "e",
         [](const arguments& a, reading&) { return value::of(a[0].is_error() && a[0].text != "#N/A"); }},
        {"ISREF", 1, 1, "v",
         [](const arguments& a, reading&) { return value::of(a[0].kind == what::area || a[0].kind == what::list); }},
        {"ISEVEN", 1, 1, "s", [](const arguments& a, reading& r) { return parity(a, r, false); }},
        {"ISODD", 1, 1, "s", [](const arguments& a, reading& r) { return parity(a, r, true); }},
        {"ERROR.TYPE", 1, 1, "e", error_type},
        {"TYPE", 1, 1, "v", type_of},
        {"N", 1, 1, "v",
         [](const arguments& a, reading& r) {
             const value v = first_of(a[0], r);
             return value::of(v.kind == what::number || v.kind == what::boolean ? v.number : 0.0);
         }},
        {"T", 1, 1, "v",
         [](const arguments& a, reading& r) {
             const value v = first_of(a[0], r);
             return v.kind == what::text ? v : value::of(std::string());
         }},
        {"NA", 0, 0, "s", [](const arguments&, reading&) -> value { fail("#N/A"); }},
        {"TRUE", 0, 0, "s", [](const arguments&, reading&) { return value::of(true); }},
        {"FALSE", 0, 0, "s", [](const arguments&, reading&) { return value::of(false); }},
        {"NOT", 1, 1, "s", [](const arguments& a, reading& r) { return value::of(!to_truth(a[0], r)); }},
        {"AND", 1, any_number, "v", joined<0>},
        {"OR", 1, any_number, "v", joined<1>},
        {"XOR", 1, any_number, "v", joined<2>},
    };
    return all;
}

} // namespace riskshare::workbook::detail
