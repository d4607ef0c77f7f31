// TEXT: a value under a number format, dates and times of day in English.
#include "workbook/detail/format_section.hpp"
#include "workbook/detail/formula_functions.hpp"

#include <riskshare/workbook/number_format.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;

constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                  "July",    "August",   "September", "October", "November", "December"};
constexpr const char* weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

struct moment {
    calendar_date date{1900, 1, 0};
    int weekday = 0, hour = 0, minute = 0, second = 0;
    double elapsed_seconds = 0;
};

moment moment_of(double serial, const reading& r) {
    moment m;
    const double seconds = std::floor(serial * 86'400 + 0.5), day = std::floor(seconds / 86'400);
    const int rest = static_cast<int>(seconds - day * 86'400);
    m.elapsed_seconds = seconds;
    m.hour = rest / 3600, m.minute = rest / 60 % 60, m.second = rest % 60;
    m.weekday = static_cast<int>(std::fmod(day + (r.from_1904 ? 4 : 5), 7));
    if (day >= 1 || r.from_1904) {
        const auto d = date_of_serial(std::to_string(static_cast<long long>(day)), r.from_1904);
        need(static_cast<bool>(d));
        m.date = *d;
    }
    return m;
}

std::string padded(double n, std::size_t places) {
    std::string out = std::to_string(static_cast<long long>(n));
    return out.size() < places ? std::string(places - out.size(), '0') + out : out;
}

/// One section of a date format, letter by letter.
class date_text {
public:
    date_text(std::string_view format, const moment& m) : format_(format), of_(m) {
        const std::string folded = folded_text(format);
        half_days_ = folded.find("am/pm") != std::string::npos || folded.find("a/p") != std::string::npos;
    }

    std::string text() {
        while (at_ < format_.size()) step();
        return std::move(out_);
    }

private:
    void step() {
        const char c = format_[at_], lower = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        if (c == '"') {
            const std::size_t close = format_.find('"', at_ + 1);
            need(close != std::string_view::npos);
            out_ += format_.substr(at_ + 1, close - at_ - 1);
            at_ = close + 1;
        } else if (c == '\\') {
            need(at_ + 1 < format_.size());
            out_ += format_[at_ + 1];
            at_ += 2;
        } else if (c == '[') {
            elapsed();
        } else if (folded_text(format_.substr(at_, 5)) == "am/pm") {
            out_ += of_.hour < 12 ? "AM" : "PM";
            at_ += 5;
        } else if (folded_text(format_.substr(at_, 3)) == "a/p") {
            need(false);
        } else if (std::string_view("dmyhs").find(lower) != std::string_view::npos) {
            run(lower);
        } else {
            need(std::string_view(" -/.:,()'").find(c) != std::string_view::npos ||
                 static_cast<unsigned char>(c) >= 0x80);
            out_ += c;
            ++at_;
        }
    }

    void elapsed() {
        const std::size_t close = format_.find(']', at_);
        need(close != std::string_view::npos);
        const std::string inside = folded_text(format_.substr(at_ + 1, close - at_ - 1));
        at_ = close + 1;
        if (inside.rfind("$-", 0) == 0) { // a language; ours is English
            need(inside == "$-409" || inside == "$-809" || inside == "$-f800" || inside == "$-f400");
            need(inside.size() == 5);
            return;
        }
        const bool one = inside.find_first_not_of(inside.substr(0, 1)) == std::string::npos && !inside.empty();
        need(one && (inside[0] == 'h' || inside[0] == 'm' || inside[0] == 's'));
        const double each = inside[0] == 'h' ? 3600 : inside[0] == 'm' ? 60 : 1;
        out_ += padded(std::floor(of_.elapsed_seconds / each), inside.size());
        last_ = inside[0];
    }

    void run(char letter) {
        std::size_t count = 0;
        while (at_ < format_.size() && folded_text(format_.substr(at_, 1))[0] == letter) ++at_, ++count;
        if (letter == 'd') {
            need(count <= 4 && of_.date.day > 0);
            const std::string name = weekdays[of_.weekday];
            out_ += count <= 2 ? padded(of_.date.day, count) : count == 3 ? name.substr(0, 3) : name;
        } else if (letter == 'y') {
            out_ += count <= 2 ? padded(of_.date.year % 100, 2) : padded(of_.date.year, 4);
        } else if (letter == 'h') {
            const int hour = half_days_ ? (of_.hour + 11) % 12 + 1 : of_.hour;
            out_ += padded(hour, std::min<std::size_t>(count, 2));
        } else if (letter == 's') {
            need(at_ >= format_.size() || format_[at_] != '.');
            out_ += padded(of_.second, std::min<std::size_t>(count, 2));
        } else if (count <= 2 && (last_ == 'h' || seconds_follow())) {
            out_ += padded(of_.minute, count);
        } else {
            const std::string name = months[of_.date.month - 1];
            out_ += count <= 2   ? padded(of_.date.month, count)
                    : count == 3 ? name.substr(0, 3)
                    : count == 5 ? name.substr(0, 1)
                                 : name;
        }
        last_ = letter;
    }

    bool seconds_follow() const {
        for (std::size_t i = at_; i < format_.size(); ++i) {
            const char c = folded_text(format_.substr(i, 1))[0];
            if (c == 's') return true;
            if (c == 'd' || c == 'm' || c == 'y' || c == 'h') return false;
        }
        return false;
    }

    std::string_view format_;
    const moment& of_;
    bool half_days_ = false;
    std::size_t at_ = 0;
    char last_ = ' ';
    std::string out_;
};

bool has_elapsed(const std::string& format) {
    const std::string folded = folded_text(format);
    for (const char* unit : {"[h", "[m", "[s"})
        if (folded.find(unit) != std::string::npos) return true;
    return false;
}

/// "[>=1000]": which section applies is for the format of a cell to say; the text function has its own ways.
bool has_condition(const std::string& format) {
    const std::size_t open = format.find('['), close = format.find(']', std::min(open, format.size()));
    return close != std::string::npos && format.find_first_of("<>=", open) < close;
}

std::string plainly(double n, const std::string& format) {
    need(format.find('?') == std::string::npos || format.find(',') == std::string::npos);
    need(n == 0 || std::fabs(n) >= 1e-4 || folded_text(format).find("general") == std::string::npos);
    const result<std::string> shown = displayed_with_blanks(stored_digits(n), format);
    if (!shown) throw not_evaluated{"TEXT with the format \"" + format.substr(0, 40) + "\""};
    return *shown;
}

/// 0.00E+00: the power is a multiple of the places before the point.
std::string scientific(double n, const std::string& format, std::size_t e) {
    const std::string mantissa = format.substr(0, e), power = format.substr(e + 2);
    const format_section section = parse_format(mantissa).all.front();
    need(format.find(';') == std::string::npos && section.unsupported == nullptr && section.whole_places() > 0);
    need(n != 0 || mantissa.find_first_of("#?") == std::string::npos);
    need(mantissa.find_first_of("%,") == std::string::npos && power.find_first_of("%,") == std::string::npos);
    const int places = section.whole_places();
    int exponent = 0;
    if (n != 0) {
        exponent = static_cast<int>(std::floor(floor_of(std::log10(std::fabs(n)))));
        if (std::fabs(n) >= std::pow(10.0, exponent + 1)) ++exponent;
        exponent = static_cast<int>(std::floor(static_cast<double>(exponent) / places)) * places;
        if (rounded_at(std::fabs(n) / std::pow(10.0, exponent), section.decimals(), 0) >= std::pow(10.0, places))
            exponent += places;
    }
    need(exponent != 0 || power.find('0') != std::string::npos);
    std::string out = plainly(n / std::pow(10.0, exponent), mantissa) + format[e];
    const std::string shown = plainly(std::abs(exponent), power);
    const std::size_t digit = std::min(shown.find_first_of("0123456789 "), shown.size());
    const bool sign = exponent < 0 || format[e + 1] == '+';
    return out + shown.substr(0, digit) + (sign ? (exponent < 0 ? "-" : "+") : "") + shown.substr(digit);
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

} // namespace

std::string formatted(const value& given, const std::string& format, reading& r) {
    value v = given;
    if (v.kind == what::boolean) {
        need(format.find('@') == std::string::npos && format.find(';') == std::string::npos);
        return v.number != 0 ? "TRUE" : "FALSE";
    }
    if (v.kind == what::text) { // "12" is taken for the number
        try {
            v = value::of(number_in_text(v.text));
        } catch (const error_met&) {
            need(format.find_first_of("_*") == std::string::npos);
            return displayed_text(v.text, format);
        }
    }
    if (format.empty()) return "";
    const double n = to_number(v, r);
    if (is_date_format(format)) {
        if (n < 0) fail("#VALUE!");
        if (format.find(';') != std::string::npos) throw not_evaluated{"TEXT with a date format of several sections"};
        if (has_elapsed(format) && (format.size() > 10 || format.find_first_of("[", 1) != std::string::npos))
            throw not_evaluated{"TEXT with the format \"" + format.substr(0, 40) + "\""};
        return date_text(format, moment_of(n, r)).text();
    }
    if (has_condition(format)) throw not_evaluated{"TEXT with a condition in its format"};
    if (const std::size_t e = place_of_power(format); e != std::string::npos) return scientific(n, format, e);
    return plainly(n, format);
}

} // namespace riskshare::workbook::detail
