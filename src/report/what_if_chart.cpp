// The chart of positions over a range of outturns, as SVG. Whole numbers alone, so that every machine draws the same.
#include <riskshare/report/what_if_page.hpp>

#include <riskshare/accounting.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace riskshare::report {

namespace {

constexpr std::int64_t width = 960, left = 96, right = 180, top = 84, plot_height = 420;
constexpr std::array<const char*, 8> colours = {"#1f4e79", "#c55a11", "#2e7d32", "#7b3fa0",
                                                "#b71c1c", "#00838f", "#8d6e00", "#455a64"};

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : std::string(1, c);
    return out;
}

/// A scale from amounts to hundredths of a pixel.
struct axis {
    money low, high;
    std::int64_t start = 0, length = 0; ///< pixels
    bool turned = false;                ///< the lowest amount at the far end

    std::int64_t at(money m) const {
        const exact part = exact(m - low), whole = exact(high - low);
        const exact::rational r =
            whole.is_zero() ? exact::rational(1, 2) : exact::rational(part.pence() / whole.pence());
        const exact::rational scaled = (turned ? exact::rational(1 - r) : r) * (length * 100);
        return start * 100 + rounded(exact::pence(scaled), rounding::half_away_from_zero).pence();
    }
};

std::string pixels(std::int64_t hundredths) { return to_string(decimal(hundredths, -2)); }

/// The least of 1, 2 and 5 times a power of ten that gives ten lines at most.
money grid_step(money low, money high) {
    const money span = high - low;
    for (money base = money::pence(1);; base = base * 10)
        for (const int times : {1, 2, 5})
            if (base * times * 10 >= span) return base * times;
}

std::string axis_text(money m, money step) {
    if (m.is_zero()) return "0";
    const unit u = step >= money::pounds(100'000) ? unit::millions
                   : step >= money::pounds(1'000) ? unit::thousands
                                                  : unit::pounds;
    const char* name = u == unit::millions ? "m" : u == unit::thousands ? "k" : "";
    int places = 0;
    for (money one = riskshare::one(u); places < 2 && step.pence() % one.pence() != 0 && one.pence() % 10 == 0;
         ++places)
        one = money::pence(one.pence() / 10);
    const std::string text = accounting(exact(m), u, places);
    return text.back() == ')' ? text.substr(0, text.size() - 1) + name + ")" : text + name;
}

class chart {
public:
    explicit chart(const std::vector<what_if>& all) : all_(all), first_(all.front()) {}
    std::string svg();

private:
    void scales();
    void frame();
    void grid_lines();
    std::vector<std::string> notes() const;
    void kinks();
    void lines();
    void legend();
    void text(std::int64_t x, std::int64_t y, const std::string& what, const std::string& more) {
        out_ += "<text x=\"" + pixels(x) + "\" y=\"" + pixels(y) + "\" " + more + ">" + escaped(what) + "</text>\n";
    }
    void rule(std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, const std::string& more) {
        out_ += "<line x1=\"" + pixels(x1) + "\" y1=\"" + pixels(y1) + "\" x2=\"" + pixels(x2) + "\" y2=\"" +
                pixels(y2) + "\" " + more + "/>\n";
    }

    const std::vector<what_if>& all_;
    const what_if& first_;
    axis x_, y_;
    std::int64_t height_ = 0;
    std::string out_;
};

void chart::scales() {
    money low, high;
    for (const what_if& w : all_)
        for (const outturn_point& p : w.points)
            for (const money m : p.final) low = smaller(low, m), high = larger(high, m);
    if (low == high) high = low + money::pounds(1);
    const money step = grid_step(low, high);
    low = step * (low.pence() / step.pence() - (low.is_negative() && low.pence() % step.pence() != 0 ? 1 : 0));
    high = step * (high.pence() / step.pence() + (high.pence() > 0 && high.pence() % step.pence() != 0 ? 1 : 0));
    x_ = {first_.points.front().outturn, first_.points.back().outturn, left, width - left - right, false};
    y_ = {low, high, top, plot_height, true};
    height_ = top + plot_height + 72 + static_cast<std::int64_t>(notes().size()) * 14;
}

void chart::frame() {
    out_ += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(width) + "\" height=\"" +
            std::to_string(height_) + "\" viewBox=\"0 0 " + std::to_string(width) + " " + std::to_string(height_) +
            "\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" "
            "fill=\"#ffffff\"/>\n";
    const std::string whose = first_.range.organisation.empty() ? "all parties together" : first_.range.organisation;
    text(left * 100, 2400, "Position after sharing, against plan, by the outturn of " + whose,
         "font-size=\"16\" font-weight=\"bold\"");
    std::string names =
        all_.size() > 1 ? "solid: " + all_[0].agreement + "; dashed: " + all_[1].agreement : first_.agreement;
    text(left * 100, 4400, names, "fill=\"#555555\"");
}

void chart::grid_lines() {
    const std::int64_t x1 = left * 100, x2 = (width - right) * 100, y1 = top * 100, y2 = (top + plot_height) * 100;
    const money up = grid_step(y_.low, y_.high), along = grid_step(x_.low, x_.high);
    for (money m = y_.low; m <= y_.high; m += up) {
        rule(x1, y_.at(m), x2, y_.at(m), m.is_zero() ? "stroke=\"#333333\"" : "stroke=\"#dddddd\"");
        text(x1 - 800, y_.at(m) + 400, axis_text(m, up), "text-anchor=\"end\"");
    }
    money m = along * (x_.low.pence() / along.pence());
    if (m < x_.low) m += along;
    for (; m <= x_.high; m += along) {
        rule(x_.at(m), y1, x_.at(m), y2, m.is_zero() ? "stroke=\"#999999\"" : "stroke=\"#eeeeee\"");
        text(x_.at(m), y2 + 1800, axis_text(m, along), "text-anchor=\"middle\"");
    }
    text((x1 + x2) / 2, y2 + 3800, "Outturn £, surplus/(deficit)", "text-anchor=\"middle\" fill=\"#555555\"");
    text(x1, y1 - 600, "£", "text-anchor=\"end\" fill=\"#555555\"");
}

/// What acts at each kink, numbered as its mark is, in lines that fit below the chart. The first 24 are marked.
std::vector<std::string> chart::notes() const {
    std::vector<std::string> out;
    const bool held = std::any_of(all_.begin(), all_.end(), [](const what_if& w) {
        return std::any_of(w.points.begin(), w.points.end(), [](const outturn_point& p) { return !p.held.is_zero(); });
    });
    if (held) out.push_back("What is held for joint investment is in no party's position.");
    std::size_t number = 0;
    for (const what_if& w : all_)
        for (const outturn_kink& k : w.kinks) {
            if (++number > 24) return out;
            std::string line = std::to_string(number) + "  " + (all_.size() > 1 ? w.agreement + ", " : "") +
                               detail::said(k.at.outturn);
            for (const std::string& t : k.terms) line += (&t == &k.terms.front() ? ": " : "; ") + t;
            while (line.size() > 140) {
                std::size_t end = line.rfind(' ', 140);
                if (end == std::string::npos || end < 40) end = 140;
                out.push_back(line.substr(0, end));
                line = "      " + line.substr(end + 1);
            }
            out.push_back(line);
        }
    return out;
}

/// A line across at each kink, numbered; what acts there stands below the chart.
void chart::kinks() {
    std::size_t number = 0;
    for (const what_if& w : all_)
        for (const outturn_kink& k : w.kinks) {
            if (++number > 24) break;
            rule(x_.at(k.at.outturn), top * 100, x_.at(k.at.outturn), (top + plot_height) * 100,
                 "stroke=\"#888888\" stroke-dasharray=\"2 3\"");
            text(x_.at(k.at.outturn), top * 100 - (number % 2 == 0 ? 600 : 1700), std::to_string(number),
                 "text-anchor=\"middle\" font-size=\"10\" fill=\"#555555\"");
        }
    std::int64_t y = (top + plot_height + 64) * 100;
    for (const std::string& note : notes()) {
        text(left * 100, y, note, "font-size=\"10\" fill=\"#333333\" xml:space=\"preserve\"");
        y += 1400;
    }
}

/// The points tried and those of the kinks, in order: between them the lines are straight.
std::vector<outturn_point> drawn(const what_if& w) {
    std::vector<outturn_point> all = w.points;
    for (const outturn_kink& k : w.kinks) all.push_back(k.at);
    std::stable_sort(all.begin(), all.end(),
                     [](const outturn_point& a, const outturn_point& b) { return a.outturn < b.outturn; });
    return all;
}

void chart::lines() {
    for (std::size_t a = 0; a < all_.size(); ++a)
        for (std::size_t i = 0; i < first_.parties.size(); ++i) {
            std::string points;
            for (const outturn_point& p : drawn(all_[a]))
                points += (points.empty() ? "" : " ") + pixels(x_.at(p.outturn)) + "," + pixels(y_.at(p.final[i]));
            out_ += "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + std::string(colours[i % colours.size()]) +
                    "\"" + (a == 0 ? "" : " stroke-dasharray=\"7 4\"") + " points=\"" + points + "\"/>\n";
        }
}

void chart::legend() {
    const std::int64_t x = (width - right + 16) * 100;
    for (std::size_t i = 0; i < first_.parties.size(); ++i) {
        const std::int64_t y = (top + 12 + static_cast<std::int64_t>(i) * 20) * 100;
        rule(x, y, x + 2400, y, "stroke-width=\"3\" stroke=\"" + std::string(colours[i % colours.size()]) + "\"");
        text(x + 3200, y + 400, first_.parties[i], "");
    }
}

std::string chart::svg() {
    scales();
    frame();
    grid_lines();
    kinks();
    lines();
    legend();
    return out_ + "</svg>\n";
}

} // namespace

std::string what_if_svg(const std::vector<what_if>& all) { return chart(all).svg(); }

} // namespace riskshare::report
