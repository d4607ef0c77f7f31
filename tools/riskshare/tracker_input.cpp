#include "tracker_input.hpp"

#include <fmt/format.h>

#include <chrono>

namespace riskshare::tool {

namespace {

/// A bar on a terminal, once the work has taken a second.
class progress_bar {
public:
    explicit progress_bar(console& to, std::string what) : to_(to), what_(std::move(what)) {}
    ~progress_bar() {
        if (drawn_) to_.talk << "\r\033[K" << std::flush;
    }
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    void operator()(std::size_t done, std::size_t all) {
        constexpr auto patience = std::chrono::seconds(1);
        constexpr std::size_t width = 30;
        if (!to_.talk_is_terminal || all == 0 || std::chrono::steady_clock::now() - begun_ < patience) return;
        const std::size_t full = std::min(width, done * width / all);
        to_.talk << fmt::format("\r{} [{}{}] {:3}%", what_, std::string(full, '#'), std::string(width - full, '.'),
                                std::min<std::size_t>(100, done * 100 / all))
                 << std::flush;
        drawn_ = true;
    }

private:
    console& to_;
    std::string what_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    bool drawn_ = false;
};

} // namespace

templates::tracker_reading read_trackers(const std::vector<std::string>& files, const input_options& o, int month_asked,
                                         console& to) {
    const templates::read_options known = reading(o);
    templates::tracker_reading all;
    for (const std::string& file : files) {
        progress_bar bar(to, file);
        templates::tracker_options options;
        options.directory = known.directory;
        options.map = known.map;
        options.unit_if_none = known.unit_if_none;
        if (month_asked != 0) options.reported = month(month_asked);
        options.progress = [&bar](std::size_t done, std::size_t rows) { bar(done, rows); };
        std::string bytes = read_bytes(file);
        templates::tracker_reading read;
        if (std::optional<model> m = model_of(bytes, file)) {
            read.read = std::move(m->schemes);
            read.reported = options.reported ? options.reported : m->schemes_reported;
        } else {
            read = templates::read_tracker(book_of(std::move(bytes), file), options);
        }
        if (read.read.empty() && !has_errors(read.findings))
            read.findings.push_back(
                {"tracker.nothing_found",
                 severity::error,
                 "no tracker was found in " + file + ": no table of schemes with a plan",
                 {},
                 "see what is recognised with --verbose, or place the columns in a mapping (--map)"});
        if (o.verbose)
            for (const std::string& line : read.read_as) to.talk << "read " << line << "\n";
        if (!all.reported) all.reported = read.reported;
        std::move(read.findings.begin(), read.findings.end(), std::back_inserter(all.findings));
        std::move(read.tables.begin(), read.tables.end(), std::back_inserter(all.tables));
        if (all.read.empty())
            all.read = std::move(read.read);
        else
            all.read.add(read.read);
    }
    return all;
}

} // namespace riskshare::tool
