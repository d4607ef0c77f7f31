// Draws the charts of a pack. Colour never carries meaning alone: ratings have a hatch and a letter, what is worse is
// hatched, what is expected is darker than what could be at most.
#include "report/pack/charts.hpp"

#include "report/pack/drawing.hpp"

#include <riskshare/accounting.hpp>

#include <algorithm>
#include <array>

namespace riskshare::report {

namespace {

constexpr place px = 100;
constexpr place width = 780 * px, left = 262 * px, right = 96 * px, top = 26 * px;
constexpr std::size_t label_length = 34;

using shape = pack_chart::shape;

class chart_drawing {
public:
    chart_drawing(const pack_chart& c, const pack& p, riskshare::unit u, int places, std::string id)
        : chart_(c), pack_(p), unit_(u), places_(places), id_(std::move(id)) {}
    std::string svg();

private:
    std::optional<exact> amount(std::size_t series, std::size_t category) const {
        if (series >= chart_.series.size() || category >= chart_.series[series].figures.size()) return std::nullopt;
        const std::optional<figure_id>& f = chart_.series[series].figures[category];
        return f ? pack_.figures[*f].amount : std::nullopt;
    }
    std::string fill(const char* what) const { return "fill=\"url(#" + id_ + what + ")\""; }
    std::string label(const exact& e) const {
        const std::string text = accounting(e, unit_, places_);
        return text == "-" ? "0" : text;
    }
    std::vector<exact> ends() const;
    void patterns();
    void legend();
    void rows();
    void stacked(std::size_t row, place y, const amount_scale&);
    void step(std::size_t row, place y, const amount_scale&);
    void pair(std::size_t row, place y, const amount_scale&);
    void item(std::size_t row, place y, const amount_scale&);
    void dot(std::size_t row, place y, const amount_scale&);
    void bar(const exact& from, const exact& to, place y, place height, const std::string& how, const amount_scale&);
    void value(const exact& at, const exact& shown, place y, const amount_scale&);
    void lines();

    const pack_chart& chart_;
    const pack& pack_;
    riskshare::unit unit_;
    int places_;
    std::string id_;
    drawing on_;
    place height_ = 0;
};

/// Amounts at which bars end.
std::vector<exact> chart_drawing::ends() const {
    std::vector<exact> out;
    for (std::size_t i = 0; i < chart_.categories.size(); ++i) {
        exact above, below;
        for (std::size_t s = 0; s < chart_.series.size(); ++s) {
            const std::optional<exact> e = amount(s, i);
            if (!e) continue;
            const bool mirrored = i < chart_.mirrored.size() && chart_.mirrored[i];
            out.push_back(mirrored ? -*e : *e);
            (e->is_negative() ? below : above) += *e;
        }
        if (chart_.as == shape::stacked) out.push_back(above), out.push_back(below);
    }
    return out;
}

void chart_drawing::patterns() {
    const auto hatch = [&](const char* name, const char* ground, const char* stroke, const char* path) {
        on_.raw("<pattern id=\"" + id_ + name +
                "\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect "
                "width=\"8\" height=\"8\" fill=\"" +
                ground + "\"/><path d=\"" + path + "\" stroke=\"" + stroke +
                "\" stroke-width=\"1.5\" fill=\"none\"/></pattern>");
    };
    on_.raw("<defs>");
    hatch("0", "#d5281b", "#ffffff", "M-2,2l4,-4M0,8l8,-8M6,10l4,-4");
    hatch("1", "#ffb81c", "#7a5500", "M0,4h8");
    hatch("2", "#007f3b", "#007f3b", "M0,0");
    hatch("3", "#e8edee", "#4c6272", "M0,0l8,8M8,0l-8,8");
    hatch("p", "#b3cde8", "#005eb8", "M-2,2l4,-4M0,8l8,-8M6,10l4,-4");
    on_.raw("</defs>");
}

void chart_drawing::bar(const exact& from, const exact& to, place y, place tall, const std::string& how,
                        const amount_scale& scale) {
    on_.rect(scale.at(from), y, scale.at(to), tall, how + " stroke=\"#212b32\" stroke-width=\"0.75\"");
}

void chart_drawing::value(const exact& at, const exact& shown, place y, const amount_scale& scale) {
    const bool negative = at.is_negative();
    on_.text(scale.at(at) + (negative ? -5 * px : 5 * px), y, label(shown), negative ? "text-anchor=\"end\"" : "");
}

void chart_drawing::stacked(std::size_t row, place y, const amount_scale& scale) {
    exact above, below;
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
        const std::optional<exact> e = amount(s, row);
        if (!e || e->is_zero()) continue;
        exact& side = e->is_negative() ? below : above;
        const exact from = side;
        side += *e;
        const std::string which(1, static_cast<char>('0' + s % 4));
        bar(from, side, y, 22 * px, fill(which.c_str()), scale);
        const place wide = std::max(scale.at(from), scale.at(side)) - std::min(scale.at(from), scale.at(side));
        if (wide < 20 * px) continue;
        const place middle = (scale.at(from) + scale.at(side)) / 2;
        on_.rect(middle - 7 * px, y + 4 * px, middle + 7 * px, 14 * px, "fill=\"#ffffff\" rx=\"2\"");
        on_.text(middle, y + 15 * px, chart_.series[s].name.substr(0, 1),
                 "text-anchor=\"middle\" font-weight=\"bold\"");
    }
    value(above.is_zero() && below.is_negative() ? below : above, above + below, y + 15 * px, scale);
}

/// One step of a bridge: from where the row above stands to where this one does.
void chart_drawing::step(std::size_t row, place y, const amount_scale& scale) {
    const std::optional<exact> now = amount(0, row);
    if (!now) return;
    const bool whole = row == 0 || row + 1 == chart_.categories.size();
    const exact before = whole ? exact() : amount(0, row - 1).value_or(exact());
    bar(before, *now, y, 18 * px, whole ? "fill=\"#005eb8\"" : before > *now ? fill("0") : "fill=\"#007f3b\"", scale);
    if (row + 1 < chart_.categories.size())
        on_.line(scale.at(*now), y + 18 * px, scale.at(*now), y + 28 * px,
                 "stroke=\"#4c6272\" stroke-dasharray=\"2 2\"");
    const exact end = whole ? *now : std::max(before, *now);
    const exact change = whole ? *now : *now - before;
    const std::string sign = whole || change.is_negative() || label(change) == "0" ? "" : "+";
    if (whole && now->is_negative())
        value(*now, change, y + 13 * px, scale);
    else
        on_.text(scale.at(std::max(end, exact())) + 5 * px, y + 13 * px, sign + label(change), "");
}

void chart_drawing::pair(std::size_t row, place y, const amount_scale& scale) {
    const std::optional<exact> before = amount(0, row), after = amount(1, row);
    if (before)
        bar(exact(), *before, y - 2 * px, 11 * px, fill("p"), scale), value(*before, *before, y + 7 * px, scale);
    if (after)
        bar(exact(), *after, y + 12 * px, 11 * px, "fill=\"#005eb8\"", scale),
            value(*after, *after, y + 22 * px, scale);
}

void chart_drawing::item(std::size_t row, place y, const amount_scale& scale) {
    const std::optional<exact> gross = amount(0, row), expected = amount(1, row);
    const bool mirrored = row < chart_.mirrored.size() && chart_.mirrored[row];
    const auto sided = [&](const exact& e) { return mirrored ? -e : e; };
    if (gross) bar(exact(), sided(*gross), y, 20 * px, "fill=\"#d8e6f3\"", scale);
    if (expected) bar(exact(), sided(*expected), y + 4 * px, 12 * px, mirrored ? "fill=\"#007f3b\"" : fill("0"), scale);
    if (gross && expected)
        on_.text(scale.at(sided(*gross)) + (mirrored ? -5 * px : 5 * px), y + 14 * px,
                 label(*expected) + " of " + label(*gross), mirrored ? "text-anchor=\"end\"" : "");
}

void chart_drawing::dot(std::size_t row, place y, const amount_scale& scale) {
    const std::optional<exact> at = amount(0, row);
    if (!at) return;
    const std::optional<exact> first = amount(0, 0), last = amount(0, chart_.categories.size() - 1);
    if (row == 0 && first && last)
        on_.line(scale.at(*first), y - 8 * px, scale.at(*last), y - 8 * px, "stroke=\"#005eb8\" stroke-width=\"4\"");
    on_.line(scale.at(*at), top, scale.at(*at), y + 10 * px, "stroke=\"#768692\" stroke-dasharray=\"2 3\"");
    on_.raw("<circle cx=\"" + drawing::pixels(scale.at(*at)) + "\" cy=\"" + drawing::pixels(y + 10 * px) +
            "\" r=\"6\" fill=\"#005eb8\" stroke=\"#212b32\"/>");
    on_.text(scale.at(*at) + 10 * px, y + 14 * px, label(*at), "font-weight=\"bold\"");
}

void chart_drawing::rows() {
    const place tall = chart_.as == shape::pairs ? 38 * px : chart_.as == shape::bridge ? 28 * px : 34 * px;
    const place first = top + 14 * px, bottom = first + static_cast<place>(chart_.categories.size()) * tall;
    const bool both = chart_.as != shape::stacked && chart_.as != shape::range;
    const place margin = both ? 88 * px : 0;
    const amount_scale scale(ends(), left + margin, width - left - right - margin);
    for (const exact& e : scale.lines()) {
        on_.line(scale.at(e), top, scale.at(e), bottom,
                 "stroke=\"" + std::string(e.is_zero() ? "#212b32" : "#d8dde0") + "\"");
        on_.text(scale.at(e), bottom + 16 * px, scale.named(e), "text-anchor=\"middle\" fill=\"#4c6272\"");
    }
    for (std::size_t i = 0; i < chart_.categories.size(); ++i) {
        const place y = first + static_cast<place>(i) * tall;
        on_.text(left - 10 * px, y + 14 * px, harmless_line(chart_.categories[i], label_length), "text-anchor=\"end\"");
        switch (chart_.as) {
        case shape::stacked:
            stacked(i, y, scale);
            break;
        case shape::bridge:
            step(i, y, scale);
            break;
        case shape::pairs:
            pair(i, y, scale);
            break;
        case shape::tornado:
            item(i, y, scale);
            break;
        case shape::range:
            dot(i, y, scale);
            break;
        case shape::lines:
            break;
        }
    }
    height_ = bottom + 28 * px;
}

void chart_drawing::legend() {
    place x = left;
    const auto entry = [&](const std::string& how, const std::string& words) {
        on_.rect(x, 4 * px, x + 14 * px, 14 * px, how + " stroke=\"#212b32\" stroke-width=\"0.75\"");
        on_.text(x + 19 * px, 15 * px, words);
        x += static_cast<place>(34 + words.size() * 7) * px;
    };
    if (chart_.as == shape::stacked)
        for (std::size_t s = 0; s < chart_.series.size(); ++s)
            entry(fill(std::string(1, static_cast<char>('0' + s % 4)).c_str()), chart_.series[s].name);
    if (chart_.as == shape::bridge)
        entry("fill=\"#005eb8\"", "stands at"), entry("fill=\"#007f3b\"", "better"), entry(fill("0"), "worse");
    if (chart_.as == shape::pairs)
        entry(fill("p"), chart_.series[0].name), entry("fill=\"#005eb8\"", chart_.series[1].name);
    if (chart_.as == shape::tornado)
        entry("fill=\"#d8e6f3\"", "gross"), entry(fill("0"), "risk expected"),
            entry("fill=\"#007f3b\"", "mitigation expected");
}

void chart_drawing::lines() {
    const place low = 300 * px, from = 70 * px, to = width - 40 * px;
    // The scale runs upwards: the lowest amount at the bottom.
    const amount_scale scale(ends(), 0, low - top - 10 * px);
    const auto y_of = [&](const exact& e) { return low - scale.at(e); };
    const std::size_t points = chart_.categories.size();
    const auto x_of = [&](std::size_t i) {
        return points < 2 ? from : from + (to - from) * static_cast<place>(i) / static_cast<place>(points - 1);
    };
    for (const exact& e : scale.lines()) {
        on_.line(from, y_of(e), to, y_of(e), "stroke=\"" + std::string(e.is_zero() ? "#212b32" : "#d8dde0") + "\"");
        on_.text(from - 6 * px, y_of(e) + 4 * px, scale.named(e), "text-anchor=\"end\" fill=\"#4c6272\"");
    }
    for (std::size_t i = 0; i < points; ++i)
        on_.text(x_of(i), low + 18 * px, chart_.categories[i], "text-anchor=\"middle\" fill=\"#4c6272\"");
    static constexpr std::array<const char*, 2> strokes = {"stroke=\"#4c6272\" stroke-dasharray=\"7 4\"",
                                                           "stroke=\"#005eb8\""};
    place x = from;
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
        std::string path;
        for (std::size_t i = 0; i < points; ++i)
            if (const std::optional<exact> e = amount(s, i)) {
                path += (path.empty() ? "M" : "L") + drawing::pixels(x_of(i)) + "," + drawing::pixels(y_of(*e));
                if (s > 0)
                    on_.raw("<circle cx=\"" + drawing::pixels(x_of(i)) + "\" cy=\"" + drawing::pixels(y_of(*e)) +
                            "\" r=\"3\" fill=\"#005eb8\"/>");
            }
        const std::string how = strokes[s % strokes.size()];
        on_.raw("<path d=\"" + path + "\" fill=\"none\" stroke-width=\"3\" " + how + "/>");
        on_.line(x, 11 * px, x + 28 * px, 11 * px, "stroke-width=\"3\" " + how);
        on_.text(x + 34 * px, 15 * px, chart_.series[s].name);
        x += static_cast<place>(60 + chart_.series[s].name.size() * 7) * px;
    }
    height_ = low + 30 * px;
}

std::string chart_drawing::svg() {
    if (chart_.categories.empty() || chart_.series.empty() || ends().empty()) return "";
    patterns();
    if (chart_.as == shape::lines) {
        lines();
    } else {
        legend();
        rows();
    }
    return "<svg role=\"img\" aria-labelledby=\"" + id_ + "t " + id_ + "d\" viewBox=\"0 0 " + drawing::pixels(width) +
           " " + drawing::pixels(height_) + "\" font-size=\"12\"><title id=\"" + id_ + "t\">" +
           in_html(chart_.title, 400) + "</title><desc id=\"" + id_ + "d\">" + in_html(chart_.description, 600) +
           "</desc>" + on_.done() + "</svg>";
}

} // namespace

std::string chart_svg(const pack_chart& c, const pack& p, riskshare::unit u, int places, const std::string& id) {
    return chart_drawing(c, p, u, places, id).svg();
}

} // namespace riskshare::report
