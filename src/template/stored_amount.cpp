#include "detail/stored_amount.hpp"

#include <algorithm>
#include <cstdlib>

namespace riskshare::templates::detail {

namespace {

constexpr std::int64_t fourteen_digits = 10'000'000'000'000;

constexpr std::int64_t ten_to(int power) {
    std::int64_t out = 1;
    for (; power > 0; --power) out *= 10;
    return out;
}

std::int64_t nearest_multiple(std::int64_t n, std::int64_t step) {
    const std::int64_t half = n < 0 ? -step / 2 : step / 2;
    return (n + half) / step * step;
}

} // namespace

result<decimal> stored_amount(std::string_view stored, unit u) {
    const result<decimal> read = decimal_of_stored(stored);
    if (!read || std::abs(read->coefficient()) < fourteen_digits) return read;
    const int places = -read->exponent();
    // Five millionths of a pound, counted in the number's last digit.
    const int noise_power = places - 6 - power_of_ten(u);
    if (noise_power < 0) return read;
    if (noise_power >= 15) return decimal();
    const std::int64_t noise = 5 * ten_to(noise_power);
    const int tenths_of_a_penny = std::min(6, 3 + power_of_ten(u));
    for (int kept = std::max(0, places - 17); kept <= std::min(tenths_of_a_penny, places - 1); ++kept) {
        const std::int64_t step = ten_to(places - kept);
        const std::int64_t near = nearest_multiple(read->coefficient(), step);
        if (std::abs(read->coefficient() - near) <= noise) return decimal(near / step, -kept);
    }
    return read;
}

} // namespace riskshare::templates::detail
