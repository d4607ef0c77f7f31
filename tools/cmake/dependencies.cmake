# The libraries that riskshare stands on: as the system has them, or, for a compiler that cannot use those (WebAssembly, Windows),
# built from a folder of their sources, which tools/package/sources fetches.
set(RISKSHARE_DEPENDENCY_SOURCES "" CACHE PATH "A folder of the dependencies' sources; the system's own libraries when empty")

if(NOT RISKSHARE_DEPENDENCY_SOURCES)
  find_package(Boost 1.74 REQUIRED)
  find_package(date 3.0 REQUIRED)
  if(NOT RISKSHARE_FINANCE_ONLY)
    find_package(PkgConfig REQUIRED)
    pkg_check_modules(LIBDEFLATE REQUIRED IMPORTED_TARGET libdeflate)
    pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
    pkg_check_modules(SQLITE IMPORTED_TARGET sqlite3) # facts as a database, where it is to be had
    find_package(nlohmann_json 3.11 REQUIRED)
    find_package(tomlplusplus REQUIRED)
  endif()
  return()
endif()

if(PROJECT_IS_TOP_LEVEL AND RISKSHARE_INSTALL)
  message(FATAL_ERROR "With RISKSHARE_DEPENDENCY_SOURCES nothing is installed: add -DRISKSHARE_INSTALL=OFF")
endif()
enable_language(C)
set(from ${RISKSHARE_DEPENDENCY_SOURCES})

# headers_only(TARGET DEFINITION…): a library of headers in the folder's include
function(headers_only target)
  add_library(${target} INTERFACE IMPORTED)
  target_include_directories(${target} SYSTEM INTERFACE ${from}/include)
  target_compile_definitions(${target} INTERFACE ${ARGN})
endfunction()
headers_only(Boost::headers)
headers_only(date::date)
headers_only(nlohmann_json::nlohmann_json)
headers_only(tomlplusplus::tomlplusplus TOML_HEADER_ONLY=1)
headers_only(CLI11::CLI11)

# compiled(NAME ALIAS INCLUDE SOURCE…): a static library, without a word about what its compiler warns of
function(compiled name alias include)
  add_library(riskshare_${name} STATIC ${ARGN})
  target_include_directories(riskshare_${name} SYSTEM PUBLIC ${include})
  target_compile_options(riskshare_${name} PRIVATE -w)
  set_target_properties(riskshare_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON UNITY_BUILD OFF)
  add_library(${alias} ALIAS riskshare_${name})
endfunction()

set(deflate ${from}/libdeflate)
compiled(libdeflate PkgConfig::LIBDEFLATE ${deflate} ${deflate}/lib/deflate_compress.c ${deflate}/lib/deflate_decompress.c
         ${deflate}/lib/crc32.c ${deflate}/lib/adler32.c ${deflate}/lib/utils.c ${deflate}/lib/x86/cpu_features.c
         ${deflate}/lib/arm/cpu_features.c)
set(zlib ${from}/zlib)
compiled(zlib riskshare::zlib ${zlib} ${zlib}/adler32.c ${zlib}/crc32.c ${zlib}/deflate.c ${zlib}/inffast.c ${zlib}/inflate.c
         ${zlib}/inftrees.c ${zlib}/trees.c ${zlib}/zutil.c)
set(writer ${from}/libxlsxwriter)
file(GLOB writer_sources ${writer}/src/*.c)
compiled(xlsxwriter PkgConfig::XLSXWRITER ${writer}/include ${writer_sources} ${writer}/third_party/minizip/ioapi.c
         ${writer}/third_party/minizip/zip.c ${writer}/third_party/tmpfileplus/tmpfileplus.c ${writer}/third_party/md5/md5.c)
target_compile_definitions(riskshare_xlsxwriter PRIVATE NOCRYPT NOUNCRYPT)
target_link_libraries(riskshare_xlsxwriter PRIVATE riskshare_zlib)
