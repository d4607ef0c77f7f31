// Dates, times of day and elapsed time as TEXT writes them, in English.
#include "workbook/detail/dates.hpp"
#include "workbook/detail/formula_functions.hpp"
#include "workbook/detail/text_formats.hpp"

#include <algorithm>
#include <cmath>

namespace riskshare::workbook::detail {

namespace {

constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                  "July",    "August",   "September", "October", "November", "December"};
constexpr const char* weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

char small(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }

struct moment {
    calendar_date date{1900, 1, 0};
    int weekday = 0, hour = 0, minute = 0, second = 0;
    long long parts = 0;           ///< of a second, in units of its last place
    long long elapsed_seconds = 0; ///< since the calendar begins
};

/// Rounded to so many places of a second.
moment moment_of(double serial, std::size_t places, bool from_1904) {
    moment m;
    long long each = 1;
    for (std::size_t i = 0; i < places; ++i) each *= 10;
    const auto ticks = static_cast<long long>(std::floor(serial * 86'400 * static_cast<double>(each) + 0.5));
    const long long seconds = ticks / each, day = seconds / 86'400;
    const int rest = static_cast<int>(seconds % 86'400);
    m.parts = ticks % each;
    m.elapsed_seconds = seconds;
    m.hour = rest / 3600, m.minute = rest / 60 % 60, m.second = rest % 60;
    m.weekday = static_cast<int>((day + (from_1904 ? 4 : 5)) % 7);
    if (day >= 1 || from_1904) {
        const auto d = date_of_serial(std::to_string(day), from_1904);
        need(static_cast<bool>(d));
        m.date = *d;
    }
    return m;
}

std::string padded(long long n, std::size_t places) {
    std::string out = std::to_string(n);
    return out.size() < places ? std::string(places - out.size(), '0') + out : out;
}

/// The letter of "[h]", "[mm]" or "[s]" at this place, or 0.
char elapsed_at(std::string_view format, std::size_t at) {
    const std::size_t close = format.find(']', at);
    if (close == std::string_view::npos || close == at + 1) return 0;
    const char unit = small(format[at + 1]);
    if (unit != 'h' && unit != 'm' && unit != 's') return 0;
    for (std::size_t i = at + 1; i < close; ++i)
        if (small(format[i]) != unit) return 0;
    return unit;
}

/// The zeros after a point.
std::size_t zeros_after_point(std::string_view format, std::size_t at) {
    if (at >= format.size() || format[at] != '.') return 0;
    std::size_t end = at + 1;
    while (end < format.size() && format[end] == '0') ++end;
    return end - at - 1;
}

/// What has to be known before the first letter is written.
struct outline {
    char elapsed = 0;       ///< the unit that runs past its day, hour or minute
    std::size_t places = 0; ///< of a second
    bool sections = false, half_days = false;

    explicit outline(std::string_view format) {
        for (std::size_t i = 0; i < format.size(); ++i) {
            const char c = small(format[i]);
            if (c == '"')
                i = std::min(format.find('"', i + 1), format.size());
            else if (c == '\\' || c == '_' || c == '*')
                ++i;
            else if (c == '[' && elapsed_at(format, i) != 0)
                elapsed = elapsed_at(format, i);
            else if (c == ';')
                sections = true;
            else if (c == 'a')
                half_days = true;
            else if ((c == 's' || c == ']') && !sections)
                places = std::max(places, zeros_after_point(format, i + 1));
        }
    }
};

/// One section of a date format, letter by letter.
class date_text {
public:
    date_text(std::string_view format, const outline& known, const moment& m)
        : format_(format), known_(known), of_(m) {}

    std::string text() {
        while (at_ < format_.size() && format_[at_] != ';') step();
        return std::move(out_);
    }

private:
    void step() {
        const char c = format_[at_];
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
            bracketed();
        } else if (folded_text(format_.substr(at_, 5)) == "am/pm") {
            out_ += of_.hour < 12 ? "AM" : "PM";
            at_ += 5;
        } else if (folded_text(format_.substr(at_, 3)) == "a/p") {
            out_ += format_[at_ + (of_.hour < 12 ? 0 : 2)];
            at_ += 3;
        } else if (std::string_view("dmyhs").find(small(c)) != std::string_view::npos) {
            run(small(c));
        } else {
            need(std::string_view(" -/.:,()'").find(c) != std::string_view::npos ||
                 static_cast<unsigned char>(c) >= 0x80);
            out_ += c;
            ++at_;
        }
    }

    void bracketed() {
        const std::size_t close = format_.find(']', at_);
        need(close != std::string_view::npos);
        const char unit = elapsed_at(format_, at_);
        const std::string inside = folded_text(format_.substr(at_ + 1, close - at_ - 1));
        at_ = close + 1;
        if (unit == 0) // a language; ours is English
            return need(inside == "$-409" || inside == "$-809");
        put_elapsed(unit, inside.size());
    }

    void put_elapsed(char unit, std::size_t count) {
        const int each = unit == 'h' ? 3600 : unit == 'm' ? 60 : 1;
        out_ += padded(of_.elapsed_seconds / each, count);
        if (unit == 's') put_parts();
        last_ = unit;
    }

    void put_parts() {
        const std::size_t places = zeros_after_point(format_, at_);
        if (places == 0) return;
        need(places == known_.places);
        out_ += "." + padded(of_.parts, places);
        at_ += places + 1;
    }

    void run(char letter) {
        std::size_t count = 0;
        while (at_ < format_.size() && small(format_[at_]) == letter) ++at_, ++count;
        if (letter == known_.elapsed) return put_elapsed(letter, count);
        if (letter == 'd') {
            need(count <= 4 && of_.date.day > 0);
            const std::string name = weekdays[of_.weekday];
            out_ += count <= 2 ? padded(of_.date.day, count) : count == 3 ? name.substr(0, 3) : name;
        } else if (letter == 'y') {
            out_ += count <= 2 ? padded(of_.date.year % 100, 2) : padded(of_.date.year, 4);
        } else if (letter == 'h') {
            const int hour = known_.half_days ? (of_.hour + 11) % 12 + 1 : of_.hour;
            out_ += padded(hour, std::min<std::size_t>(count, 2));
        } else if (letter == 's') {
            out_ += padded(of_.second, std::min<std::size_t>(count, 2));
            put_parts();
        } else if (count <= 2 && (last_ == 'h' || seconds_follow() || (last_ == 's' && known_.elapsed != 0))) {
            out_ += padded(of_.minute, count);
        } else {
            put_month(count);
        }
        last_ = letter;
    }

    void put_month(std::size_t count) {
        const std::string name = months[of_.date.month - 1];
        out_ += count <= 2   ? padded(of_.date.month, count)
                : count == 3 ? name.substr(0, 3)
                : count == 5 ? name.substr(0, 1)
                             : name;
    }

    bool seconds_follow() const {
        for (std::size_t i = at_; i < format_.size(); ++i) {
            const char c = small(format_[i]);
            if (c == 's') return true;
            if (c == 'd' || c == 'm' || c == 'y' || c == 'h') return false;
        }
        return false;
    }

    std::string_view format_;
    const outline& known_;
    const moment& of_;
    std::size_t at_ = 0;
    char last_ = ' ';
    std::string out_;
};

} // namespace

std::string text_of_date(double serial, const std::string& format, bool from_1904) {
    const outline known(format);
    if (serial < 0 && known.elapsed == 0) {
        if (from_1904) throw not_evaluated{"TEXT of a date before 1904"};
        fail("#VALUE!");
    }
    if (known.sections && serial <= 0) throw not_evaluated{"TEXT with a date format of several sections"};
    need(known.places <= 3);
    const moment m = moment_of(std::fabs(serial), known.places, from_1904);
    need(serial >= 0 || m.elapsed_seconds > 0);
    return (serial < 0 ? "-" : "") + date_text(format, known, m).text();
}

} // namespace riskshare::workbook::detail
