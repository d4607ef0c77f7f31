#include "console.hpp"

#include <riskshare/report/text_table.hpp>

#include <iostream>

namespace riskshare::answers {

namespace {

report::tone tone_of(severity s) {
    return s == severity::error     ? report::tone::red
           : s == severity::warning ? report::tone::amber
                                    : report::tone::faint;
}

std::string counted(std::size_t n, const char* what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }

} // namespace

progress_bar::~progress_bar() {
    if (drawn_) to_.talk << "\r\033[K" << std::flush;
}

void progress_bar::operator()(std::size_t done, std::size_t all) {
    constexpr auto patience = std::chrono::seconds(1);
    constexpr std::size_t width = 30;
    if (!to_.talk_is_terminal || all == 0 || std::chrono::steady_clock::now() - begun_ < patience) return;
    const std::size_t full = std::min(width, done * width / all);
    const std::string percent = std::to_string(std::min<std::size_t>(100, done * 100 / all));
    to_.talk << "\r" + what_ + " [" + std::string(full, '#') + std::string(width - full, '.') + "] " +
                    std::string(3 - percent.size(), ' ') + percent + "%"
             << std::flush;
    drawn_ = true;
}

void print(console& to, std::vector<finding> findings) {
    sort_worst_first(findings);
    std::size_t counts[3] = {0, 0, 0};
    for (const finding& f : findings) {
        ++counts[static_cast<std::size_t>(f.severity)];
        to.talk << report::toned(to_string(f.severity), tone_of(f.severity), to.talk_colour) << ": " << f.message;
        constexpr std::size_t most_places = 6; // --json gives them all
        std::string places;
        for (std::size_t i = 0; i < std::min(f.at.size(), most_places); ++i)
            if (f.at[i].known()) places += (places.empty() ? "" : ", ") + to_string(f.at[i]);
        if (f.at.size() > most_places) places += " and " + std::to_string(f.at.size() - most_places) + " more";
        if (!places.empty()) to.talk << "\n    at " << places;
        if (!f.advice.empty()) to.talk << "\n    do: " << f.advice;
        to.talk << "  [" << f.rule << "]\n";
    }
    if (!findings.empty())
        to.talk << counted(counts[0], "error") << ", " << counted(counts[1], "warning") << ", "
                << counted(counts[2], "note") << "\n";
}

int status_of(const std::vector<finding>& findings) { return has_errors(findings) ? found_errors : fine; }

} // namespace riskshare::answers
