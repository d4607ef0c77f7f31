// A bar on a terminal, once the work has taken a second; it takes itself away.
#ifndef RISKSHARE_TOOL_PROGRESS_BAR_HPP
#define RISKSHARE_TOOL_PROGRESS_BAR_HPP

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>

namespace riskshare::tool {

class progress_bar {
public:
    explicit progress_bar(bool on_terminal) : on_terminal_(on_terminal) {}
    ~progress_bar() { clear(); }
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    void show(const std::string& what, std::size_t done, std::size_t all) {
        constexpr auto patience = std::chrono::seconds(1);
        constexpr std::size_t width = 30;
        if (!on_terminal_ || all == 0 || std::chrono::steady_clock::now() - begun_ < patience) return;
        const std::size_t full = std::min(width, done * width / all);
        const std::string percent = std::to_string(std::min<std::size_t>(100, done * 100 / all));
        std::cerr << "\r" + what + " [" + std::string(full, '#') + std::string(width - full, '.') + "] " +
                         std::string(3 - percent.size(), ' ') + percent + "%"
                  << std::flush;
        drawn_ = true;
    }
    void clear() {
        if (drawn_) std::cerr << "\r\033[K" << std::flush;
        drawn_ = false;
    }

private:
    bool on_terminal_, drawn_ = false;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

} // namespace riskshare::tool

#endif
