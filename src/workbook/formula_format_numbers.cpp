// Numbers with a power of ten, and fractions, as TEXT writes them.
#include "workbook/detail/format_section.hpp"
#include "workbook/detail/formula_functions.hpp"
#include "workbook/detail/text_formats.hpp"

#include <riskshare/workbook/number_format.hpp>

#include <algorithm>
#include <cmath>

namespace riskshare::workbook::detail {

namespace {

bool is_place(char c) { return c == '0' || c == '#' || c == '?'; }

/// A format in pieces: a place or another single character, or a quoted or escaped text as it stands.
std::vector<std::string> pieces_of(std::string_view format) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < format.size();) {
        std::size_t size = 1;
        if (format[i] == '"')
            size = std::min(format.find('"', i + 1), format.size() - 1) - i + 1;
        else if ((format[i] == '\\' || format[i] == '_') && i + 1 < format.size())
            size = 2;
        out.emplace_back(format.substr(i, size));
        i += size;
    }
    return out;
}

bool is_place(const std::string& piece) { return piece.size() == 1 && is_place(piece[0]); }

/// What a piece that is no place shows.
std::string shown(const std::string& piece) {
    if (piece.size() == 1) return piece;
    if (piece[0] == '_') return " ";
    return piece[0] == '"' ? piece.substr(1, piece.size() - 2) : piece.substr(1);
}

/// A comma that stands between places groups; any other and "%" say nothing beside a power.
std::string without_scale(std::string_view format) {
    const std::vector<std::string> all = pieces_of(format);
    std::string out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool between = i > 0 && is_place(all[i - 1]) &&
                             std::any_of(all.begin() + static_cast<std::ptrdiff_t>(i), all.end(),
                                         [](const std::string& piece) { return is_place(piece); });
        if (all[i] == "%")
            out += "\\%";
        else if (all[i] != "," || between)
            out += all[i];
    }
    return out;
}

/// Of a mantissa that is nothing every place before the point shows its 0.
std::string all_noughts(std::string_view format) {
    std::string out;
    bool whole = true;
    for (const std::string& piece : pieces_of(format)) {
        whole = whole && piece != ".";
        out += whole && is_place(piece) ? "0" : piece;
    }
    return out;
}

/// The last place of a power always shows its digit; nothing groups there.
std::string of_power(std::string_view format) {
    std::vector<std::string> all = pieces_of(format);
    all.erase(std::remove(all.begin(), all.end(), ","), all.end());
    const auto last = std::find_if(all.rbegin(), all.rend(), [](const std::string& piece) { return is_place(piece); });
    need(last != all.rend());
    *last = "0";
    std::string out;
    for (const std::string& piece : all) out += piece == "%" ? "\\%" : piece;
    return out;
}

/// Of "E+" or "E-", outside quotes.
std::size_t place_of_power(const std::string& format) {
    bool quoted = false;
    for (std::size_t i = 0; i + 1 < format.size(); ++i) {
        if (format[i] == '"') quoted = !quoted;
        if (format[i] == '\\')
            ++i;
        else if (!quoted && (format[i] == 'E' || format[i] == 'e') && (format[i + 1] == '+' || format[i + 1] == '-'))
            return i;
    }
    return std::string::npos;
}

/// The parts of "# ??/??": whole number, what stands between, numerator, what stands around the stroke, denominator.
struct fraction_format {
    std::vector<std::string> whole, gap, numerator, stroke, denominator, end;
    bool found = false;

    explicit fraction_format(std::string_view format) {
        const std::vector<std::string> all = pieces_of(format);
        const auto is = [](const std::string& piece) { return is_place(piece); };
        const auto slash = std::find(all.begin(), all.end(), "/");
        const auto before = std::find_if(std::make_reverse_iterator(slash), all.rend(), is);
        const auto after = std::find_if(slash, all.end(), is);
        if (slash == all.end() || before == all.rend() || after == all.end()) return;
        found = true;
        const auto numerator_ends = before.base();
        const auto numerator_begins = std::find_if_not(before, all.rend(), is).base();
        const auto whole_ends = std::find_if(std::make_reverse_iterator(numerator_begins), all.rend(), is).base();
        const auto denominator_ends = std::find_if_not(after, all.end(), is);
        whole.assign(all.begin(), whole_ends);
        gap.assign(whole_ends, numerator_begins);
        numerator.assign(numerator_begins, numerator_ends);
        stroke.assign(numerator_ends, after);
        denominator.assign(after, denominator_ends);
        end.assign(denominator_ends, all.end());
    }

    bool mixed() const {
        return std::any_of(whole.begin(), whole.end(), [](const auto& p) { return is_place(p); });
    }
    static bool has(const std::vector<std::string>& pieces, const char* place) {
        return std::find(pieces.begin(), pieces.end(), place) != pieces.end();
    }
};

std::string all_of(const std::vector<std::string>& pieces) {
    std::string out;
    for (const std::string& piece : pieces) out += piece;
    return out;
}

std::string literal(const std::vector<std::string>& pieces) {
    std::string out;
    for (const std::string& piece : pieces) out += is_place(piece) ? "" : shown(piece);
    return out;
}

/// A blank for each place and character.
std::string blanks_for(const std::vector<std::string>& pieces) {
    std::string out;
    for (const std::string& piece : pieces) out += std::string(is_place(piece) ? 1 : shown(piece).size(), ' ');
    return out;
}

/// Its places, the last of which shows at least a 0.
std::string whole_number(long long n, std::vector<std::string> pieces, bool shows_nought) {
    if (n == 0 && shows_nought) {
        const auto last =
            std::find_if(pieces.rbegin(), pieces.rend(), [](const std::string& piece) { return is_place(piece); });
        if (last != pieces.rend()) *last = "0";
    }
    return plain_text(static_cast<double>(n), all_of(pieces));
}

struct ratio_of_two {
    long long above = 0, below = 1;
};

/// The nearest with a denominator of so many places, the smallest of several.
ratio_of_two nearest(double n, std::size_t places) {
    need(places <= 3);
    const long long most = places == 1 ? 9 : places == 2 ? 99 : 999;
    ratio_of_two best;
    double least = 2;
    for (long long below = 1; below <= most; ++below) {
        const double above = std::nearbyint(n * static_cast<double>(below));
        const double off = std::fabs(n - above / static_cast<double>(below));
        if (off < least - 1e-12) least = off, best = {static_cast<long long>(above), below};
    }
    return best;
}

/// Its digits stand on the left.
std::string denominator_of(long long n, const std::vector<std::string>& places) {
    const std::string digits = std::to_string(n);
    const std::size_t left = places.size() - std::min(places.size(), digits.size());
    if (fraction_format::has(places, "0") && places.size() > 1) return std::string(left, '0') + digits;
    return digits + std::string(fraction_format::has(places, "?") ? left : 0, ' ');
}

std::string improper(double n, const fraction_format& f) {
    const ratio_of_two r = nearest(n, f.denominator.size());
    return literal(f.whole) + literal(f.gap) + whole_number(r.above, f.numerator, true) + literal(f.stroke) +
           denominator_of(r.below, f.denominator) + literal(f.end);
}

std::string mixed(double n, const fraction_format& f) {
    double whole = std::floor(n);
    ratio_of_two r = nearest(n - whole, f.denominator.size());
    if (r.above == r.below) ++whole, r = {};
    const auto units = static_cast<long long>(whole);
    const bool nought = fraction_format::has(f.numerator, "0");
    if (r.above == 0 && !nought) { // nothing or blanks
        const bool blanks = fraction_format::has(f.whole, "?") || fraction_format::has(f.numerator, "?") ||
                            fraction_format::has(f.denominator, "?");
        std::string out = whole_number(units, f.whole, true);
        if (blanks)
            for (const auto* part : {&f.gap, &f.numerator, &f.stroke, &f.denominator}) out += blanks_for(*part);
        return out + literal(f.end);
    }
    const bool whole_shown =
        units != 0 || fraction_format::has(f.whole, "0") || (r.above == 0 && fraction_format::has(f.whole, "?"));
    std::string out = whole_number(units, f.whole, r.above == 0 && fraction_format::has(f.whole, "?"));
    if (whole_shown)
        out += literal(f.gap);
    else if (fraction_format::has(f.whole, "?") || fraction_format::has(f.numerator, "?"))
        out += blanks_for(f.gap);
    return out + whole_number(r.above, f.numerator, true) + literal(f.stroke) + denominator_of(r.below, f.denominator) +
           literal(f.end);
}

} // namespace

std::string plain_text(double n, const std::string& format) {
    need(n == 0 || std::fabs(n) >= 1e-4 || std::fabs(n) < 1e-9 ||
         folded_text(format).find("general") == std::string::npos);
    const result<std::string> text = displayed_with_blanks(stored_digits(n), format);
    if (!text) throw not_evaluated{"TEXT with the format \"" + format.substr(0, 40) + "\""};
    return *text;
}

/// The power is a multiple of the places before the point.
std::optional<std::string> text_of_power(double n, const std::string& format) {
    const std::size_t e = place_of_power(format);
    if (e == std::string::npos) return std::nullopt;
    need(format.find(';') == std::string::npos);
    std::string mantissa = without_scale(format.substr(0, e));
    const format_section section = parse_format(mantissa).all.front();
    need(section.unsupported == nullptr && section.whole_places() > 0 && section.scale() == 0);
    const int places = section.whole_places();
    int exponent = 0;
    if (n == 0) {
        mantissa = all_noughts(mantissa);
    } else {
        exponent = static_cast<int>(std::floor(floor_of(std::log10(std::fabs(n)))));
        if (std::fabs(n) >= std::pow(10.0, exponent + 1)) ++exponent;
        exponent = static_cast<int>(std::floor(static_cast<double>(exponent) / places)) * places;
        if (rounded_at(std::fabs(n) / std::pow(10.0, exponent), section.decimals(), 0) >= std::pow(10.0, places))
            exponent += places;
    }
    const std::string power = plain_text(std::abs(exponent), of_power(format.substr(e + 2)));
    const std::size_t digit = std::min(power.find_first_of("0123456789 "), power.size());
    const bool sign = exponent < 0 || format[e + 1] == '+';
    return plain_text(n / std::pow(10.0, exponent), mantissa) + format[e] + power.substr(0, digit) +
           (sign ? (exponent < 0 ? "-" : "+") : "") + power.substr(digit);
}

std::optional<std::string> text_of_fraction(double n, const std::string& format) {
    const fraction_format f(format);
    if (!f.found) return std::nullopt;
    for (const char* other : {";", "%", ",", ".", "[", "@", "*"})
        for (const auto* part : {&f.whole, &f.gap, &f.numerator, &f.stroke, &f.denominator, &f.end})
            need(!fraction_format::has(*part, other));
    for (const auto* part : {&f.stroke, &f.end}) // "# ?/16" asks for sixteenths
        for (const std::string& piece : *part) need(piece.size() != 1 || piece[0] < '0' || piece[0] > '9');
    need(std::fabs(n) < 1e9);
    return (n < 0 ? "-" : "") + (f.mixed() ? mixed(std::fabs(n), f) : improper(std::fabs(n), f));
}

} // namespace riskshare::workbook::detail
