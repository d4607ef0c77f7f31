// The least that reading a sheet can cost: libdeflate inflates it, and every byte is looked at once.
#ifndef BENCHMARKS_SUPPORT_FLOOR_OF_READING_HPP
#define BENCHMARKS_SUPPORT_FLOOR_OF_READING_HPP

#include <libdeflate.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <sys/mman.h>

namespace support {

struct packed_part {
    std::string bytes; ///< as deflated
    std::size_t size = 0;
};

inline std::uint32_t little_endian(const std::string& bytes, std::size_t at, int width) {
    std::uint32_t value = 0;
    for (int i = 0; i < width; ++i)
        value |= std::uint32_t{static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)))} << (8 * i);
    return value;
}

/// Finds a part by the zip's directory; for well-formed files of less than 4 GiB.
inline packed_part packed(const std::string& file, const std::string& part) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const std::size_t end = bytes.rfind("PK\5\6");
    if (end == std::string::npos) throw std::runtime_error(file + " is no zip");
    for (std::size_t at = little_endian(bytes, end + 16, 4); at < end;) {
        const std::size_t name = little_endian(bytes, at + 28, 2);
        const std::size_t rest = little_endian(bytes, at + 30, 2) + little_endian(bytes, at + 32, 2);
        if (bytes.compare(at + 46, name, part) == 0) {
            const std::size_t local = little_endian(bytes, at + 42, 4);
            const std::size_t data =
                local + 30 + little_endian(bytes, local + 26, 2) + little_endian(bytes, local + 28, 2);
            return {bytes.substr(data, little_endian(bytes, at + 20, 4)), little_endian(bytes, at + 24, 4)};
        }
        at += 46 + name + rest;
    }
    throw std::runtime_error(file + " has no part " + part);
}

/// Room of which no page was used before, as a program that has just begun must take it. (malloc hands out what was
/// given back to it, so from the second round on it would be warm.)
class new_room {
public:
    explicit new_room(std::size_t size)
        : size_(size), room_(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
        if (room_ == MAP_FAILED) throw std::runtime_error("no room");
    }
    new_room(const new_room&) = delete;
    new_room& operator=(const new_room&) = delete;
    ~new_room() { munmap(room_, size_); }
    char* data() const { return static_cast<char*>(room_); }

private:
    std::size_t size_;
    void* room_;
};

/// Into `room`, which is at least as large as the part.
inline bool inflate_and_scan(const packed_part& part, char* room) {
    const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> inflater(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    std::size_t size = 0;
    const auto result =
        libdeflate_deflate_decompress(inflater.get(), part.bytes.data(), part.bytes.size(), room, part.size, &size);
    return result == LIBDEFLATE_SUCCESS && std::memchr(room, '\0', size) == nullptr;
}

} // namespace support

#endif
