@echo off
rem Start Amumal Playground on Windows: run.bat [flags]. Run every check: run.bat test
rem
rem This script only finds a Python; playground\launch\setup.py does the rest. Variables it knows
rem (set them here, or in a file webui-user.bat beside this one): python_cmd, venv_dir, REQS_FILE,
rem TORCH_COMMAND, TORCH_INDEX_URL, COMMANDLINE_ARGS. See docs\install.md.

if "%AMUMAL_INNER%"=="1" goto inner
setlocal EnableExtensions DisableDelayedExpansion
for /f "tokens=2 delims=:" %%C in ('chcp') do set "codepage=%%C"
chcp 65001 >nul 2>nul
set "AMUMAL_INNER=1"
rem With nothing to read, cmd does not wait for an answer to "Terminate batch job (Y/N)?".
call "%~f0" %* <nul
set "code=%errorlevel%"
if not "%code%"=="0" if not defined CI if "%~0"=="%~f0" pause
chcp %codepage% >nul 2>nul
exit /b %code%

:inner
setlocal EnableExtensions DisableDelayedExpansion
set "AMUMAL_INNER="
set "here=%~dp0"
if exist "%here%webui-user.bat" call "%here%webui-user.bat"
set "PYTHONUTF8=1"
rem Packages from elsewhere would win over those installed here.
set "PYTHONHOME="
set "PYTHONPATH="
rem Asking `py` for a version must not install one.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "PYLAUNCHER_ALLOW_INSTALL="

set "run="
set "found="
set "bare="
if not defined python_cmd if defined PYTHON set "python_cmd=%PYTHON%"
if defined python_cmd set "python_cmd=%python_cmd:"=%"
if defined python_cmd goto named

rem 1. The environment of the last start: its own Python, which setup.py then finds complete.
set "venv=%here%.venv"
if not defined venv_dir goto has_venv
if "%venv_dir%"=="-" goto search
set "venv=%venv_dir%"
if not "%venv_dir:~1,1%"==":" if not "%venv_dir:~0,2%"=="\\" set "venv=%here%%venv_dir%"
:has_venv
if not exist "%venv%\Scripts\python.exe" goto search
if exist "%venv%\amumal-playground.installing" goto search
call :try "%venv%\Scripts\python.exe"
if defined run goto start

rem 2. Any Python: the newest that fits.
:search
for %%V in (3.14 3.13 3.12 3.11) do if not defined run call :try py -%%V
if not defined run call :try python
if not defined run call :try python3
goto chosen

:named
call :try "%python_cmd%"
if not defined run if not defined bare goto bad_named

:chosen
if defined run goto start
if not defined bare goto none
if not "%venv_dir%"=="-" goto no_venv
set "run=%bare%"

:start
%run% -X utf8 "%here%playground\launch\setup.py" %*
exit /b %errorlevel%

:try
set "version="
%* "%here%playground\launch\probe.py" >"%TEMP%\amumal-playground-probe.txt" 2>nul
set "result=%errorlevel%"
set /p version=<"%TEMP%\amumal-playground-probe.txt"
if defined version set "found=%found% %~1 %~2 (%version%)"
if "%result%"=="0" set run=%*
if "%result%"=="5" if not defined bare set bare=%*
exit /b 0

:bad_named
echo.>&2
echo python_cmd로 정한 파이썬을 쓸 수 없어요(%python_cmd% %version%). 64비트 파이썬 3.11~3.14의 경로로 고쳐 주세요.>&2
echo The Python in python_cmd cannot be used (%python_cmd% %version%): name a 64-bit Python 3.11 to 3.14.>&2
exit /b 1

:no_venv
echo.>&2
echo 파이썬에 venv 모듈이 없어요(%bare%). python.org의 파이썬을 설치한 뒤 다시 시작해 주세요.>&2
echo This Python lacks the venv module (%bare%): install the Python from python.org and start again.>&2
exit /b 1

:none
if not defined found set "found= -"
echo.>&2
echo 64비트 파이썬 3.11~3.14가 없어요(찾은 것:%found%). python.org에서 설치하거나 python_cmd에 경로를 적고 다시 시작해 주세요.>&2
echo There is no 64-bit Python 3.11 to 3.14 (found:%found%): install one from python.org, or name it in python_cmd, and start again.>&2
exit /b 1
